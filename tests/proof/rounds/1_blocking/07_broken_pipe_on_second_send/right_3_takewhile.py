"""Of the kind without a loop: sum() over takewhile(), whose predicate sends with sendall()."""

import socket
from collections.abc import Iterable
from functools import partial
from itertools import takewhile


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    return sum(1 for _ in takewhile(partial(is_taken, sock), messages))


def is_taken(sock: socket.socket, message: bytes) -> bool:
    """Send the message; return whether the connection was whole."""
    try:
        sock.sendall(message)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True
