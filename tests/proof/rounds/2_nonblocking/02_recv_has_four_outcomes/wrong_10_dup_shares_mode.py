"""Makes a duplicate blocking, and with it the caller's socket, which shares O_NONBLOCK.

caught by: test_the_socket_stays_non_blocking
words: Your code cleared O_NONBLOCK in the kernel, behind the socket object's back
"""

import socket


def try_recv(sock: socket.socket, n: int) -> bytes | None:
    with sock.dup() as copy:
        copy.setblocking(True)
        try:
            return copy.recv(n, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
