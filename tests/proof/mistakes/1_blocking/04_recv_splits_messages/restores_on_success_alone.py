"""Puts the timeout back when all went well, and only then.

caught by: test_the_socket_keeps_its_timeout_when_the_stream_ends
words: EOFError was raised, and your code left the socket in another mode
"""

import socket


def recv_exactly(sock, n):
    before = sock.gettimeout()
    sock.settimeout(None)
    data = sock.recv(n, socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError
    sock.settimeout(before)
    return data
