"""Takes the end for silence when it only looks: b"" is as false as None.

caught by: test_the_end_is_empty_bytes_and_ends_the_wait
words: your code was given 0 seconds, and took the end for silence
breaks: 4
"""

import select


def recv_within(sock, n, seconds):
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    if not seconds:
        return (poll.poll(0) and sock.recv(n)) or None
    return sock.recv(n) if poll.poll(seconds * 1000) else None
