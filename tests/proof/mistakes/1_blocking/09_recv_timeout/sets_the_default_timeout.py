"""Sets the timeout that new sockets get; this one is not new.

caught by: test_silence_is_none
words: still blocked in sock.recv(100)
"""

import socket


def recv_within(sock, n, seconds):
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        return sock.recv(n)
    except TimeoutError:
        return None
    finally:
        socket.setdefaulttimeout(before)
