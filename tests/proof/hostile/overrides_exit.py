"""Takes away every way to end the process, so that the child could go on in pytest's place.

verdict: leaked
words: os._exit was replaced
"""

import os
import sys


def accept_pending(listener):
    os._exit = sys.exit = lambda status=0: None
    return []
