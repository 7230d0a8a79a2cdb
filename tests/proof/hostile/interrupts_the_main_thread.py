"""Leaves a thread behind that interrupts the main one without end.

verdict: failed or leaked or died
words: ✗ 2.1
"""

import _thread
import threading
import time


def interrupt():
    while True:
        _thread.interrupt_main()
        time.sleep(0.0005)


def accept_pending(listener):
    threading.Thread(target=interrupt, daemon=True).start()
    return []
