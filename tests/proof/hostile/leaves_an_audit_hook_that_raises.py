"""Leaves an audit hook behind that raises at every event.

verdict: failed
words: an audit hook
"""

import sys

watching = False


def hook(event, args):
    if watching:
        raise RuntimeError(f"not allowed: {event}")


def accept_pending(listener):
    global watching
    sys.addaudithook(hook)
    watching = True
    return []
