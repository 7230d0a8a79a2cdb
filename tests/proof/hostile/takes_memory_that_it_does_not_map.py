"""Writes 1.3 GiB into a file in memory that is never mapped, and keeps it.

verdict: died
words: GiB of memory
deadline: 20
"""

import os
import threading


def accept_pending(listener):
    file = os.memfd_create("unseen")
    block = bytes(16 << 20)
    for _ in range(83):
        os.write(file, block)
    threading.Event().wait()
    return []
