"""Has recvmsg_into() fill two buffers."""

import socket

LOOK = socket.MSG_PEEK | socket.MSG_DONTWAIT


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    buffers = [bytearray(1), bytearray(n - 1)]
    try:
        size, *_ = sock.recvmsg_into(buffers, 0, LOOK)
    except BlockingIOError:
        return None
    return b"".join(buffers)[:size]
