"""Tries both directions without waiting, and sleeps a little when neither could do anything.

caught by: test_it_sleeps_while_the_peer_is_silent
words: cannot be woken by a socket
"""

import time


def exchange(sock, data, n):
    received = b""
    before = sock.gettimeout()
    sock.setblocking(False)
    try:
        while data or len(received) < n:
            idle = True
            if data:
                try:
                    data = data[sock.send(data) :]
                    idle = False
                except BlockingIOError:
                    pass
            if len(received) < n:
                try:
                    piece = sock.recv(n - len(received))
                    if not piece:
                        raise EOFError("too early")
                    received += piece
                    idle = False
                except BlockingIOError:
                    pass
            if idle:
                time.sleep(0.001)
    finally:
        sock.settimeout(before)
    return received
