"""It sends the rest once more if send() took a part, but after a second signal a rest of that is lost.

caught by: test_signals_do_not_cut_the_greeting_short
words: A signal came while it was sending, and the rest of the greeting is missing
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        conn.setblocking(True)
        sent = conn.send(greeting)
        if sent < len(greeting):  # a signal came in between
            conn.send(greeting[sent:])
    return address
