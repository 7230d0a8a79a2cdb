"""Only the timeout is put back: a listener without timeout whose O_NONBLOCK was set in the kernel comes back
without it.

caught by: test_the_listener_keeps_its_mode
words: your code changed the listener's mode in the kernel (O_NONBLOCK)
"""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    timeout = listener.gettimeout()
    listener.setblocking(True)
    try:
        conn, address = listener.accept()
    finally:
        listener.settimeout(timeout)
    with conn:
        conn.setblocking(True)
        conn.sendall(greeting)
    return address
