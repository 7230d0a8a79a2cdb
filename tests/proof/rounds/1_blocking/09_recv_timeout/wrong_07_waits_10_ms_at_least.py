"""Waits 10 ms for 0 seconds, because settimeout(0) means something else.

caught by: test_zero_seconds_look_once
words: your code waited, and was given 0 seconds
"""

import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    before = sock.gettimeout()
    sock.settimeout(max(seconds, 0.01))  # 0 would be non-blocking mode
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
    except TimeoutError as error:
        if error.errno is not None:
            raise
        return None
    finally:
        sock.settimeout(before)
