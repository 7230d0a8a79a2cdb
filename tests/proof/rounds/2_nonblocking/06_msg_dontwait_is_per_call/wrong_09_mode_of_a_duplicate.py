"""Makes a duplicate non-blocking and peeks there, which leaves O_NONBLOCK set for the original, too.

caught by: test_the_socket_is_blocking_for_others_meanwhile
words: Your code made the socket non-blocking for everybody who uses it
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    with sock.dup() as twin:
        twin.setblocking(False)
        try:
            return twin.recv(n, socket.MSG_PEEK)
        except BlockingIOError:
            return None
