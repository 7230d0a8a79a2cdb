"""Asks poll whether a look is worth while, and looks without waiting all the same."""

import select
import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    if not poll.poll(0):
        return None
    try:
        data, _, _, _ = sock.recvmsg(n, 0, socket.MSG_DONTWAIT | socket.MSG_PEEK)
    except BlockingIOError:
        return None
    return data
