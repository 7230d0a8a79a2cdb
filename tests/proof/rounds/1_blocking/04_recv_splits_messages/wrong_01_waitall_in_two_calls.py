"""Trusts MSG_WAITALL and calls it at most twice: on a socket with a timeout a third piece becomes EOFError.

caught by: test_a_message_in_a_thousand_pieces_comes_back_whole
words: a piece was shorter than asked for, and your code took it for the end of the stream, or fo
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    # Waits for all n bytes; a signal can cut it short, so there is a second try.
    data = sock.recv(n, socket.MSG_WAITALL) if n else b""
    if len(data) < n:
        data += sock.recv(n - len(data), socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError("the stream has ended")
    return data
