"""Sends the rest once more and no further: a second signal cuts the greeting short.

stays green: only a second signal within one greeting would show it
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    conn, address = listener.accept()
    with conn:
        sent = conn.send(greeting)
        if sent < len(greeting):  # a signal came
            conn.send(memoryview(greeting)[sent:])
    return address
