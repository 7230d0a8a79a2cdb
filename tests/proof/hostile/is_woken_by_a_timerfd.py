"""Sleeps in select() until a timer comes that has a descriptor.

verdict: passed
words:
"""

import ctypes
import os
import select
import struct
import time


def accept_pending(listener):
    libc = ctypes.CDLL(None)
    timer = libc.timerfd_create(time.CLOCK_MONOTONIC, 0)
    libc.timerfd_settime(timer, 0, struct.pack("4q", 0, 0, 0, 300_000_000), None)
    select.select([timer], [], [])
    os.close(timer)
    return []
