"""Calls sys.exit in a thread: that ends the thread alone.

verdict: passed
words:
"""

import sys
import threading


def accept_pending(listener):
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    return []
