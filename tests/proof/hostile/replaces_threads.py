"""Lets no thread start.

verdict: leaked
words: threading.Thread was replaced
"""

import threading


class NoThread:
    pass


def accept_pending(listener):
    threading.Thread = threading.Event = NoThread
    return []
