"""Shortens the timeout for each send() and restores it only on success.

caught by: test_the_socket_keeps_its_timeout
words: a send timed out, and your code left the socket with another timeout or mode
"""

import socket
import time


def send_all(sock: socket.socket, data: bytes) -> None:
    timeout = sock.gettimeout()
    rest = memoryview(data)
    if not timeout:
        while rest:
            rest = rest[sock.send(rest) :]
        return
    deadline = time.monotonic() + timeout  # for all calls together
    while rest:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        sock.settimeout(left)
        rest = rest[sock.send(rest) :]
    sock.settimeout(timeout)
