"""Waits in select without a limit, where the listener has one.

caught by: test_a_listener_with_a_timeout_waits_for_so_long
words: still blocked in select(
breaks: 3
"""

import select


def accept_nonblocking(listener):
    if listener.gettimeout() != 0:
        select.select([listener], [], [])
    conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
