"""Makes every later import of socket fail.

verdict: leaked
words: the module socket was replaced
"""

import sys


def accept_pending(listener):
    sys.modules["socket"] = None
    return []
