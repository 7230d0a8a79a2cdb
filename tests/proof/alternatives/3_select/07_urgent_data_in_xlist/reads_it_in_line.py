"""Has the urgent byte left in the stream, and asks before each read whether it comes next."""

import array
import fcntl
import select
import socket

SIOCATMARK = 0x8905  # linux/sockios.h, as sockatmark(3) uses it


def read_urgent(sock: socket.socket) -> tuple[bytes, bytes]:
    normal, urgent = b"", b""
    before = sock.getsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
    try:
        while True:
            select.select([sock], [], [])
            at_mark = array.array("i", [0])
            fcntl.ioctl(sock, SIOCATMARK, at_mark)
            piece = sock.recv(1 if at_mark[0] else 65536)
            if not piece:
                return normal, urgent
            if at_mark[0]:
                urgent += piece
            else:
                normal += piece
    finally:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, before)
