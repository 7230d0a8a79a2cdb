"""Waits in select until there is something, without a limit.

caught by: test_nothing_has_come_yet
words: still blocked in select(
"""

import select


def try_recv(sock, n):
    select.select([sock], [], [])
    return sock.recv(n)
