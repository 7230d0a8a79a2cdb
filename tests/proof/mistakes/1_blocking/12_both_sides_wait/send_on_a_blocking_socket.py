"""Counts what send takes, but on a blocking socket, where send waits until all is taken.

caught by: test_a_peer_that_sends_everything_before_it_reads
words: still blocked in sock.send(
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
            data = data[sock.send(data) :]
    return received
