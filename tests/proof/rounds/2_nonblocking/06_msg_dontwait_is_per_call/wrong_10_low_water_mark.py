"""Sets SO_RCVLOWAT to 1, so that few bytes are seen as well, and so loses the caller's value of that option.

caught by: test_the_socket_is_blocking_for_others_meanwhile
words: Your code changed options of the socket for everybody who uses it
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
    try:
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return None
