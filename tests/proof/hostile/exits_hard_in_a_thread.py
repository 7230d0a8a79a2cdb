"""Ends the process from a thread, while the test waits.

verdict: died
words: the process ended itself with status 0 before the test was over
"""

import os
import threading


def accept_pending(listener):
    threading.Thread(target=os._exit, args=(0,)).start()
    threading.Event().wait()
