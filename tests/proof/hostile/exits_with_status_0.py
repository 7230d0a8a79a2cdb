"""Ends the process with the status of success.

verdict: died
words: the process ended itself with status 0 before the test was over
"""

import os


def accept_pending(listener):
    os._exit(0)
