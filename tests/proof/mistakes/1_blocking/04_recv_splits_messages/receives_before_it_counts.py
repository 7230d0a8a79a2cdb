"""Receives before it looks at n: an empty message is waited for, or is an end.

caught by: test_zero_bytes_are_always_there
words: no byte was asked for, and your code did not return b'' at once
breaks: 3
"""


def recv_exactly(sock, n):
    data = b""
    while True:
        piece = sock.recv(n - len(data))
        if not piece:
            raise EOFError
        data += piece
        if len(data) == n:
            return data
