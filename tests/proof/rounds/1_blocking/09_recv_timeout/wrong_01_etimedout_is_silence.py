"""Returns None for every TimeoutError, hence also for ETIMEDOUT, with which the kernel reports a broken connection.

caught by: test_an_error_that_ends_the_wait_propagates
words: recv() failed with ETIMEDOUT, and your code took it for silence or for the end
"""

import fcntl
import os
import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    timeout = sock.gettimeout()
    flags = fcntl.fcntl(sock, fcntl.F_GETFL)
    try:
        sock.settimeout(seconds)
        return sock.recv(n)
    except (BlockingIOError, TimeoutError):
        return None
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), not flags & os.O_NONBLOCK)
