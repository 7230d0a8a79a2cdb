"""Sends all of data before it receives anything: both sides wait for room.

caught by: test_a_peer_that_sends_everything_before_it_reads
words: still blocked in sock.sendall(
breaks: 3
"""


def exchange(sock, data, n):
    sock.sendall(data)
    received = b""
    while len(received) < n:
        piece = sock.recv(n - len(received))
        if not piece:
            raise EOFError("too early")
        received += piece
    return received
