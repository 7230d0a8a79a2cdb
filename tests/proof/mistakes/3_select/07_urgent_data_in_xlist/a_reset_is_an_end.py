"""Takes every error for the end.

caught by: test_a_reset_propagates
words: the connection was reset, and your code took that for the end of the stream
"""

import select
import socket


def read_urgent(sock):
    normal = urgent = b""
    try:
        while True:
            readable, _, exceptional = select.select([sock], [], [sock])
            if exceptional:
                urgent += sock.recv(1, socket.MSG_OOB)
            if readable:
                piece = sock.recv(4096)
                if not piece:
                    break
                normal += piece
    except OSError:
        pass
    return normal, urgent
