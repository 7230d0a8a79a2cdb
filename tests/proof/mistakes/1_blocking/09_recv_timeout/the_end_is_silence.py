"""Returns None for b"": the caller waits for ever on a stream that has ended.

caught by: test_the_end_is_empty_bytes_and_ends_the_wait
words: the peer ended the stream, and your code reported something else
breaks: 4
"""

import select


def recv_within(sock, n, seconds):
    readable, _, _ = select.select([sock], [], [], seconds)
    return (sock.recv(n) or None) if readable else None
