"""Unusual: recvmsg_into() with two buffers, as large as FIONREAD says."""

import array
import fcntl
import socket
import termios


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    arrived = array.array("i", [0])
    try:
        fcntl.ioctl(sock.fileno(), termios.FIONREAD, arrived)
    except (OSError, ValueError):
        pass  # the call below says what is wrong
    size = min(n, max(arrived[0], 65536))
    first, second = bytearray(size // 2), bytearray(size - size // 2)
    try:
        count = sock.recvmsg_into([first, second], 0, socket.MSG_DONTWAIT)[0]
    except BlockingIOError:
        return None
    return bytes((first + second)[:count])
