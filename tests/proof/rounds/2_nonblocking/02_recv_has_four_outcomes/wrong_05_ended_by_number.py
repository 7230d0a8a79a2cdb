"""Remembers by descriptor number which sockets have ended; numbers come again.

caught by: test_a_new_socket_with_an_old_number_starts_afresh
words: the stream of another socket with this number had ended, and your function took it for the
"""

import socket

_ended = set()


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    try:
        data = sock.recv(n)
    except BlockingIOError:
        return b"" if sock.fileno() in _ended else None
    if not data:
        _ended.add(sock.fileno())
    return data
