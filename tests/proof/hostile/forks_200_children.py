"""Forks 200 children that sleep for some seconds.

verdict: leaked
words: the child process
deadline: 20
"""

import os
import time


def accept_pending(listener):
    for _ in range(200):
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
    return []
