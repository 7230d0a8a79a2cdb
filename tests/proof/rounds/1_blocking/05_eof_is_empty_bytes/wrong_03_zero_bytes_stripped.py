"""It receives into a buffer of zeros and cuts the unused end off with rstrip(), and zeros of the stream with it.

caught by: test_a_long_stream_comes_whole
words: Your code returned another stream than the peer sent
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    buffer = bytearray(65536)
    count = 0
    while True:
        if count == len(buffer):
            buffer.extend(bytes(len(buffer)))
        with memoryview(buffer) as view:
            got = sock.recv_into(view[count:])
        if got == 0:
            return bytes(buffer).rstrip(b"\0")
        count += got
