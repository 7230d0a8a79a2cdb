"""Starts a thread that the threading module does not know, and that asks it for its name and ends.

verdict: passed
words:
"""

import _thread
import threading

done = threading.Event()


def work():
    threading.current_thread()
    done.set()


def accept_pending(listener):
    _thread.start_new_thread(work, ())
    done.wait()
    return []
