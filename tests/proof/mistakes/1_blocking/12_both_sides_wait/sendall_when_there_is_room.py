"""Waits for room with select, and then sends all that is left: there is room for a part of it.

caught by: test_a_peer_that_sends_everything_before_it_reads
words: still blocked in sock.sendall(
"""

import select


def exchange(sock, data, n):
    received = b""
    while data or len(received) < n:
        readable, writable, _ = select.select([sock] if len(received) < n else [], [sock] if data else [], [])
        if readable:
            piece = sock.recv(n - len(received))
            if not piece:
                raise EOFError("too early")
            received += piece
        if writable:
            sock.sendall(data)
            data = b""
    return received
