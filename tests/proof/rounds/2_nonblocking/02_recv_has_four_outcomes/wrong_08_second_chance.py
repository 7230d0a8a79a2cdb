"""Sleeps 10 ms when nothing has arrived and looks a second time before it says None.

caught by: test_it_answers_at_once
words: Your code waited for data, and should have returned at once
"""

import socket
import time


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        return sock.recv(n)
    except BlockingIOError:
        time.sleep(0.01)
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
