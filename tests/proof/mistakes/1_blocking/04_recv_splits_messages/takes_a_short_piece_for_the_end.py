"""Takes a read that MSG_WAITALL leaves short for the end; a socket with a timeout does that with every piece.

caught by: test_a_socket_with_a_timeout_delivers_pieces_too
words: a piece was shorter than asked for, and your code took it for the end of the stream
"""

import socket


def recv_exactly(sock, n):
    data = sock.recv(n, socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError
    return data
