"""Calls itself for each client: a thousand are more than Python's stack takes.

caught by: test_they_come_in_the_order_of_arrival
words: your function called itself for each client
breaks: 1
"""

import socket


def accept_pending(listener):
    try:
        conn, _ = listener.accept()
    except BlockingIOError:
        return []
    try:
        return [conn] + accept_pending(listener)
    except OSError:
        conn.close()
        raise
