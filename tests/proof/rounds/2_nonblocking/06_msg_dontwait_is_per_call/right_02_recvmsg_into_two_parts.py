"""Gathers the bytes in two buffers with recvmsg_into() and joins them."""

import contextlib
import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    head = bytearray(min(n, 1024))
    tail = bytearray(n - len(head))
    with contextlib.suppress(BlockingIOError):
        size, *_ = sock.recvmsg_into([head, tail], 0, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        return bytes(head[:size]) + bytes(tail[: max(0, size - len(head))])
    return None
