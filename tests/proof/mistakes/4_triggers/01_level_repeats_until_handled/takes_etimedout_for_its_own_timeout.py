"""Waits a second at a time, and takes the kernel's ETIMEDOUT for the timeout that it has set itself.

caught by: test_a_broken_connection_is_not_the_end
words: the connection broke, and your code took that for the end
"""


def drain_level(sock, size):
    sock.settimeout(1.0)
    pieces = []
    try:
        while b"" not in pieces:
            try:
                pieces.append(sock.recv(size))
            except TimeoutError:
                continue
    finally:
        sock.settimeout(None)
    return pieces
