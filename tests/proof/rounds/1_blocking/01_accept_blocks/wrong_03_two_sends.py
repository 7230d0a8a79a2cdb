"""Sends the rest once more and no further: a second signal cuts the greeting short.

caught by: test_signals_do_not_cut_the_greeting_short
words: a signal came while it was sending, and the rest of the greeting is missing
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        sent = conn.send(greeting)
        if sent < len(greeting):  # a signal came
            conn.send(memoryview(greeting)[sent:])
    return address
