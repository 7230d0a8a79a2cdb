"""Reads through a buffered file, which takes all that is there for later; there is no later.

caught by: test_the_next_message_stays_in_the_kernel
words: your code took bytes of the next message out of the kernel
"""


def recv_exactly(sock, n):
    with sock.makefile("rb") as file:
        data = file.read(n)
    if len(data) < n:
        raise EOFError
    return data
