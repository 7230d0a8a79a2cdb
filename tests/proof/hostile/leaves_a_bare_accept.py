"""Leaves a thread behind that the threading module does not know, in a call on a socket.

verdict: leaked
words: a thread that _thread started is still running
"""

import _thread
import threading

runs = threading.Event()


def wait(listener):
    runs.set()
    listener.accept()


def accept_pending(listener):
    other = listener.dup()
    other.setblocking(True)
    _thread.start_new_thread(wait, (other,))
    runs.wait()
    return []
