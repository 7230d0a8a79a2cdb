"""Sets O_NONBLOCK itself, so that Python does not notice; the kernel does.

caught by: test_the_socket_is_blocking_for_others_meanwhile
words: your code made the socket non-blocking for everybody who uses it
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
