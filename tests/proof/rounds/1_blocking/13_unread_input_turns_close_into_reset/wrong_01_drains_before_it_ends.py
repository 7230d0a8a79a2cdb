"""Throws away what is already there, until 0.2 seconds are quiet, and only then tells the peer that nothing more will come.

caught by: test_it_says_its_own_end_before_it_reads_or_waits
words: Your code read or waited before it told the peer that nothing more will come
"""

import select
import socket

CHUNK = 65536  # bytes
QUIET = 200  # milliseconds


def lingering_close(sock: socket.socket, limit: int) -> int:
    thrown = 0
    with sock:
        poller = select.poll()
        poller.register(sock, select.POLLIN)
        ended = False
        while thrown < limit and not ended and poller.poll(QUIET):
            chunk = sock.recv(min(CHUNK, limit - thrown))
            ended = not chunk
            thrown += len(chunk)
        sock.shutdown(socket.SHUT_WR)
        while thrown < limit and not ended:
            chunk = sock.recv(min(CHUNK, limit - thrown))
            ended = not chunk
            thrown += len(chunk)
    return thrown
