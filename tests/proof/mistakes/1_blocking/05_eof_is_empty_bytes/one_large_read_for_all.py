"""Lets the kernel wait for all of it, up to a size that seemed enough.

caught by: test_a_long_stream_comes_whole
words: your code returned another stream than the peer sent
"""

import socket


def recv_all(sock):
    return sock.recv(1 << 20, socket.MSG_WAITALL)
