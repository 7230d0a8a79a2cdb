"""Takes memory up to 2 GiB, and keeps it.

verdict: died
words: GiB of memory
deadline: 20
"""

import time

kept = []


def accept_pending(listener):
    for _ in range(128):
        kept.append(bytearray(b"x") * (16 << 20))
    time.sleep(100)
