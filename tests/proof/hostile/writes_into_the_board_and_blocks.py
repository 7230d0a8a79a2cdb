"""Fills the memory that it shares with the engine with calls that never were, and blocks.

verdict: hung
words: still blocked in listener.accept()
"""

import gc
import marshal
import mmap
import random


def accept_pending(listener):
    call = marshal.dumps(("not", "a", "call"))
    noise = random.Random(1).randbytes(512 - 2 - len(call))
    for thing in gc.get_objects():
        for value in gc.get_referents(thing):
            if isinstance(value, mmap.mmap):
                value[:] = (b"\x77\x01" + call + noise) * (len(value) // 512)
    listener.setblocking(True)
    listener.accept()
