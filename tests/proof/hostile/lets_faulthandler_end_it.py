"""Lets faulthandler end the process after a while.

verdict: died
words: the process ended itself with status 1
"""

import faulthandler
import time


def accept_pending(listener):
    faulthandler.dump_traceback_later(0.1, exit=True)
    time.sleep(100)
