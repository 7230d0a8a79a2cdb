"""Sets SO_RCVLOWAT to 1, and so loses the value that the caller has given it.

caught by: test_the_socket_is_blocking_for_others_meanwhile
words: your code changed options of the socket
breaks: 6
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
