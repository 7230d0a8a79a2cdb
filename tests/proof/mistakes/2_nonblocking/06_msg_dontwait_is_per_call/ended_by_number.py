"""Remembers by its number which socket has ended; the number is given away again.

caught by: test_the_end_is_not_remembered_for_the_next_socket
words: another connection had ended, and your function took this one for it
breaks: 2
"""

import socket

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT
ended: set[int] = set()


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    if sock.fileno() in ended:
        return b""
    try:
        data = sock.recv(n, LOOK)
    except BlockingIOError:
        return None
    if not data:
        ended.add(sock.fileno())
    return data
