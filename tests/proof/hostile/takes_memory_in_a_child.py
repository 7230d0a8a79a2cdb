"""Lets two children take 1 GiB each.

verdict: died
words: GiB of memory
deadline: 20
"""

import os
import time


def accept_pending(listener):
    for _ in range(2):
        if os.fork() == 0:
            kept = [bytearray(b"x") * (16 << 20) for _ in range(64)]
            time.sleep(15)
            os._exit(len(kept))
    time.sleep(15)
