"""Makes the socket non-blocking to be safe, and forgets the caller's timeout.

caught by: test_the_socket_is_as_before
words: after the end of the stream your code left another timeout on the socket
"""

import select
import socket


def read_urgent(sock):
    normal = urgent = b""
    sock.setblocking(False)
    while True:
        readable, _, exceptional = select.select([sock], [], [sock])
        if exceptional:
            urgent += sock.recv(1, socket.MSG_OOB)
        if readable:
            piece = sock.recv(4096)
            if not piece:
                return normal, urgent
            normal += piece
