"""Makes the socket non-blocking for the look and blocking again afterwards.

caught by: test_the_socket_is_blocking_for_others_meanwhile
words: your code made the socket non-blocking for everybody who uses it
breaks: 6
"""

import socket


def peek_now(sock, n):
    sock.setblocking(False)
    try:
        return sock.recv(n, socket.MSG_PEEK)
    except BlockingIOError:
        return None
    finally:
        sock.setblocking(True)
