"""Leaves a chain of threads behind, each of which waits a moment and starts the next one.

verdict: leaked
words: the thread
"""

import threading


def link():
    threading.Event().wait(0.005)
    threading.Thread(target=link).start()


def accept_pending(listener):
    threading.Thread(target=link).start()
    return []
