"""Takes the bytes and keeps them for the next look: the socket has lost them.

caught by: test_the_bytes_stay_where_they_are
words: your function took bytes out of the socket: nobody else can read them now
"""

import socket


seen = {}


def peek_now(sock, n):
    kept = seen.setdefault(sock, bytearray())
    try:
        kept += sock.recv(n, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return bytes(kept[:n]) or None
    return bytes(kept[:n])
