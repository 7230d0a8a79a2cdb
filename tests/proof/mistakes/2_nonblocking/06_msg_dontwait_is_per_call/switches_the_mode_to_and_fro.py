"""Makes the socket non-blocking for the look and blocking again afterwards.

caught by: test_nobody_else_is_made_nonblocking_meanwhile
words: you looked, the socket was non-blocking for everybody who has it
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
