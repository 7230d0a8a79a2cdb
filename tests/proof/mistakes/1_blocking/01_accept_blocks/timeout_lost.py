"""Saves and restores getblocking() instead of gettimeout(): a listener that came with a timeout goes back
without one.

caught by: test_the_listener_keeps_its_mode
words: your code changed the timeout of the caller's listener
breaks: 6
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    was_blocking = listener.getblocking()
    listener.setblocking(True)
    try:
        conn, address = listener.accept()
    finally:
        listener.setblocking(was_blocking)
    with conn:
        conn.sendall(greeting)
    return address
