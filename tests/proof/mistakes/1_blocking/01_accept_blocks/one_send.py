"""One send(), its result unread: when a signal (or a default timeout) cuts a big send() short, the rest of the
greeting is never sent.

caught by: test_signals_do_not_cut_the_greeting_short
words: a signal came while it was sending, and the rest of the greeting is mi
breaks: 3
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        conn.send(greeting)
    return address
