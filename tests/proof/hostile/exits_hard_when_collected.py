"""Returns an object that ends the process when nobody needs it any more.

verdict: died
words: the process ended itself with status 0
"""

import os


class Last(list):
    def __del__(self):
        os._exit(0)


def accept_pending(listener):
    return Last()
