"""Gives up after the socket's own timeout, if that is shorter than seconds.

caught by: test_silence_is_awaited_for_the_whole_time
words: your code gave up before the time was over: 5.5 s
"""

import socket


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    before = sock.gettimeout()
    if before:  # neither blocking nor non-blocking: a timeout of its own
        seconds = min(seconds, before)
    sock.settimeout(seconds)
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
