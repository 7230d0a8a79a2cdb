"""Makes the socket blocking for MSG_WAITALL and forgets the timeout that it had.

caught by: test_a_message_in_a_thousand_pieces_comes_back_whole
words: your code changed the timeout of the caller's socket
"""

import socket


def recv_exactly(sock, n):
    sock.setblocking(True)
    data = sock.recv(n, socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError
    return data
