"""Leaves a thread behind that the threading module does not know.

verdict: leaked
words: a thread that _thread started is still running
"""

import _thread
import threading
import time

runs = threading.Event()


def work():
    runs.set()
    time.sleep(100)


def accept_pending(listener):
    _thread.start_new_thread(work, ())
    runs.wait()
    return []
