"""Leaves a thread behind that is not a daemon and sleeps in accept.

verdict: leaked
words: is still running
"""

import threading


def accept_pending(listener):
    other = listener.dup()
    other.setblocking(True)
    threading.Thread(target=other.accept).start()
    return []
