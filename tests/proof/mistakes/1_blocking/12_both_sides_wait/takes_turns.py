"""Sends a piece, receives a piece, and so on: the peer need not keep that rhythm.

caught by: test_a_peer_that_reads_everything_before_it_sends
words: still blocked in sock.recv(
"""


def exchange(sock, data, n):
    received = b""
    for start in range(0, max(len(data), 1), 4096):
        sock.sendall(data[start : start + 4096])
        if len(received) < n:
            received += sock.recv(min(4096, n - len(received)))
    while len(received) < n:
        piece = sock.recv(n - len(received))
        if not piece:
            raise EOFError("too early")
        received += piece
    return received
