"""Forks in a thread, and the copy sleeps.

verdict: leaked
words: the child process
"""

import os
import threading
import time


def copy():
    if os.fork() == 0:
        time.sleep(5)
        os._exit(0)


def accept_pending(listener):
    thread = threading.Thread(target=copy)
    thread.start()
    thread.join()
    return []
