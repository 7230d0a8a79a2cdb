"""Waits at most three seconds for room in the buffers of a blocking socket, then raises TimeoutError.

caught by: test_it_sleeps_while_the_buffers_are_full
words: the peer may read as slowly as it likes, and your code limited the wait
"""

import select
import socket
from collections.abc import Iterable

PATIENCE = 3.0  # seconds


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    delivered = 0
    for message in messages:
        try:
            send_whole(sock, message)
        except (BrokenPipeError, ConnectionResetError):
            break
        delivered += 1
    return delivered


def send_whole(sock: socket.socket, message: bytes) -> None:
    if sock.gettimeout() is not None:
        sock.sendall(message)
        return
    rest = memoryview(message)
    while True:
        try:
            rest = rest[sock.send(rest, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            if not wait_for_room(sock, PATIENCE):
                raise TimeoutError("the peer does not read") from None
        if not rest:
            return


def wait_for_room(sock: socket.socket, seconds: float) -> bool:
    poller = select.poll()
    poller.register(sock, select.POLLOUT)
    return bool(poller.poll(seconds * 1000))
