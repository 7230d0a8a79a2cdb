"""Reads in a thread, and leaves it there after a silence: it takes the bytes that come next.

caught by: test_the_connection_is_usable_after_silence
words: A blocking recv() sleeps until bytes, the end or a reset arrive, and none of them comes
"""

import select
import socket
import threading


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    if seconds <= 0:  # look once
        poll = select.poll()
        if sock.fileno() >= 0:
            poll.register(sock, select.POLLIN)
            if not poll.poll(0):
                return None
        return sock.recv(n)
    outcome: list = []

    def read() -> None:
        try:
            poll = select.poll()
            if sock.fileno() >= 0:
                poll.register(sock, select.POLLIN)
                poll.poll()
            outcome.append(sock.recv(n))
        except OSError as error:
            outcome.append(error)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(min(seconds, threading.TIMEOUT_MAX))
    if not outcome:
        return None
    if isinstance(outcome[0], OSError):
        raise outcome[0]
    return outcome[0]
