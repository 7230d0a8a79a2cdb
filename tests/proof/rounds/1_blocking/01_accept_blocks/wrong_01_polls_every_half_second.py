"""It waits with epoll for half a second at a time and then looks again, so it wakes up though no client has come.

caught by: test_it_sleeps_in_the_kernel_until_somebody_connects
words: Nobody connected, and your wait ended by itself after a while: your code looked again and again
"""

import select
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    listener.getsockname()  # OSError if it is closed, where epoll has ValueError
    with select.epoll() as poller:
        poller.register(listener.fileno(), select.EPOLLIN)
        while not poller.poll(0.5):
            pass
    conn, address = listener.accept()
    with conn:
        conn.setblocking(True)
        conn.sendall(greeting)
    return address
