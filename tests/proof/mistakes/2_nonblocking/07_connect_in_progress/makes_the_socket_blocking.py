"""Makes the socket blocking when the connection is established, which nobody has asked for.

caught by: test_the_socket_stays_the_callers
words: your finish_connect() changed the mode of the caller's socket
breaks: 5
"""

import errno
import select
import socket


def start_connect(address):
    sock = socket.socket()
    sock.setblocking(False)
    try:
        sock.connect(address)
    except BlockingIOError:
        pass
    except BaseException:
        sock.close()
        raise
    return sock


def finish_connect(sock, timeout):
    if not select.select([], [sock], [], timeout)[1]:
        return errno.ETIMEDOUT
    sock.setblocking(True)
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
