"""Takes POLLERR for the end, with bytes still in the queue.

caught by: test_bytes_still_queued_at_the_reset_are_returned
words: bytes were queued in front of the reset, and your code lost them, or the reset
"""

import select


def read_to_end(sock):
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    data = b""
    while True:
        _, mask = poll.poll()[0]
        if mask & select.POLLERR:
            return data, "reset"
        piece = sock.recv(4096)
        if not piece:
            return data, "eof"
        data += piece
