"""Returns an object that sleeps when nobody needs it any more.

verdict: hung
words: still blocked in time.sleep(100)
"""

import time


class Last(list):
    def __del__(self):
        time.sleep(100)


def accept_pending(listener):
    return Last()
