"""It reads through the buffered file of makefile(), which takes up to 8 KiB and throws away what follows.

caught by: test_the_next_message_stays_in_the_kernel
words: Your code took bytes of the next message out of the kernel
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    with sock.makefile("rb") as file:
        data = file.read(n)
    if len(data) < n:
        raise EOFError(f"the stream ends after {len(data)} of {n} bytes")
    return data
