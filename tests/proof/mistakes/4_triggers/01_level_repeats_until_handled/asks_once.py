"""Waits for one report and reads for this one alone.

caught by: test_what_one_recv_leaves_is_reported_again
words: your code left bytes unread that are reported again: go on to the end
"""

import select


def drain_level(sock, size):
    select.select([sock], [], [])
    return [sock.recv(size), b""]
