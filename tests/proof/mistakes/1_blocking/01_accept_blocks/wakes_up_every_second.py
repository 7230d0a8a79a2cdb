"""The wait wakes up once a second during a long silence and looks again.

caught by: test_it_sleeps_in_the_kernel_until_somebody_connects
words: your wait ended by itself after a while: your code looked again and again
"""

import select
import socket


def _accept(listener):
    while True:
        try:
            return listener.accept()
        except BlockingIOError:
            poller = select.poll()
            poller.register(listener, select.POLLIN)
            poller.poll()


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    listener.getsockname()  # OSError if it is closed
    poller = select.poll()
    poller.register(listener, select.POLLIN)
    while not poller.poll(1000):
        pass  # so that Ctrl-C gets through
    conn, address = _accept(listener)
    with conn:
        conn.setblocking(True)
        conn.sendall(greeting)
    return address
