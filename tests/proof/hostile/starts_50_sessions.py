"""Forks 50 children that each leave one process behind, in a session of its own.

verdict: leaked
words: processes that the code started were still there
deadline: 20
"""

import os
import time


def accept_pending(listener):
    for _ in range(50):
        child = os.fork()
        if child == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(5)
            os._exit(0)
        os.waitpid(child, 0)
    return []
