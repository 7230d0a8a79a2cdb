"""Takes a read that MSG_WAITALL leaves short for the end; a socket with a timeout does that with every piece.

caught by: test_a_message_in_a_thousand_pieces_comes_back_whole
words: a piece was shorter than asked for, and your code took it for the end of the stream
"""

import socket


def recv_exactly(sock, n):
    data = sock.recv(n, socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError
    return data
