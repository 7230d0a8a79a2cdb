"""Makes the socket blocking for MSG_WAITALL and forgets the timeout that it had.

caught by: test_a_socket_with_a_timeout_delivers_pieces_too
words: your code left the socket in another mode
"""

import socket


def recv_exactly(sock, n):
    sock.setblocking(True)
    data = sock.recv(n, socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError
    return data
