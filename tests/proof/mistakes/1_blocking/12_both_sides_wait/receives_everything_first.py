"""Receives everything before it sends: both sides wait for the other to begin.

caught by: test_a_peer_that_reads_everything_before_it_sends
words: still blocked in sock.recv(
"""


def exchange(sock, data, n):
    received = b""
    while len(received) < n:
        piece = sock.recv(n - len(received))
        if not piece:
            raise EOFError("too early")
        received += piece
    sock.sendall(data)
    return received
