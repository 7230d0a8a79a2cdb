"""Waits for ever in readv(2): nobody writes to the other end.

verdict: hung
words: still blocked in os.readv(socket 1, [100 bytes]
"""

import os
import socket


def accept_pending(listener):
    one, _other = socket.socketpair()
    while True:
        os.readv(one.fileno(), [bytearray(100)])
