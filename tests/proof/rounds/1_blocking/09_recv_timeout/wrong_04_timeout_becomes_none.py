"""Remembers only whether the socket was blocking: a timeout of five seconds, which counts as blocking, becomes none.

caught by: test_the_socket_keeps_its_mode_and_timeout
words: after bytes your code left the socket with another timeout
"""

import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    was_blocking = sock.getblocking()
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
    except TimeoutError as error:
        if error.errno is None:
            return None
        raise
    finally:
        sock.setblocking(was_blocking)
