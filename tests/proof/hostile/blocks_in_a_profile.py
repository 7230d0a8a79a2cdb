"""Leaves a profile function behind that never returns.

verdict: hung
words: asleep
"""

import sys
import threading


def profile(frame, event, arg):
    sys.setprofile(None)
    threading.Event().wait()


def accept_pending(listener):
    sys.setprofile(profile)
    return []
