"""Sets O_NONBLOCK itself, so that Python does not notice; the kernel does.

caught by: test_nobody_else_is_made_nonblocking_meanwhile
words: you looked, the socket was non-blocking for everybody who has it
"""

import os
import socket


def peek_now(sock, n):
    # Python still takes the socket for blocking, and would ask again for ever: look at a twin.
    twin = socket.socket(fileno=os.dup(sock.fileno()))
    twin.setblocking(False)
    try:
        return twin.recv(n, socket.MSG_PEEK)
    except BlockingIOError:
        return None
    finally:
        twin.setblocking(True)
        twin.close()
