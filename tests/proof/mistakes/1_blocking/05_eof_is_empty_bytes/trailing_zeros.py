"""Zero bytes at the very end of the stream are cut off with the unused rest of the buffer.

caught by: test_a_long_stream_comes_whole
words: your code returned another stream than the peer sent
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    buffer = bytearray(65536)
    filled = 0
    while True:
        if filled == len(buffer):
            buffer.extend(bytes(len(buffer)))
        with memoryview(buffer) as view:
            count = sock.recv_into(view[filled:])
        if count == 0:
            return bytes(buffer).rstrip(b"\0")
        filled += count
