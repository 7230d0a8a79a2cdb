"""Has the urgent byte left in the stream, and takes the option back only at the end.

caught by: test_the_socket_is_as_before_after_an_error
words: after a reset your code left SO_OOBINLINE set
"""

import array
import fcntl
import select
import socket

SIOCATMARK = 0x8905


def read_urgent(sock):
    normal = urgent = b""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
    while True:
        select.select([sock], [], [])
        at_mark = array.array("i", [0])
        fcntl.ioctl(sock, SIOCATMARK, at_mark)
        piece = sock.recv(1 if at_mark[0] else 4096)
        if not piece:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 0)
            return normal, urgent
        if at_mark[0]:
            urgent += piece
        else:
            normal += piece
