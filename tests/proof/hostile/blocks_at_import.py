"""Sleeps while it is imported.

verdict: could not start
words: still blocked in time.sleep(100)
deadline: 0.7
"""

import time

time.sleep(100)
