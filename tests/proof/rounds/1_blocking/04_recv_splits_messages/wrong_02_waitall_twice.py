"""It trusts MSG_WAITALL and calls recv() twice at most, but with a timeout set the flag does not wait.

caught by: test_a_message_in_a_thousand_pieces_comes_back_whole
words: A piece was shorter than asked for, and your code took it for the end of the stream, or for all
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = sock.recv(n, socket.MSG_WAITALL)
    if data and len(data) < n:  # a signal has come in between
        data += sock.recv(n - len(data), socket.MSG_WAITALL)
    if len(data) < n:
        raise EOFError(f"the stream ends after {len(data)} of {n} bytes")
    return data
