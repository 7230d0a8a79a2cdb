"""If fewer than n bytes have come, waits up to 50 ms for more of them.

caught by: test_it_answers_at_once
words: your code waited for data, and should have returned at once
"""

import socket
import time


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        seen = sock.recv(n, socket.MSG_PEEK)
        if not seen:
            return b""
        if len(seen) < n:
            time.sleep(0.05)  # seconds: the rest is often on its way
        return sock.recv(n)
    except BlockingIOError:
        return None
