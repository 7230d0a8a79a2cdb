"""Trusts MSG_WAITALL on a blocking socket: a signal cuts it short, and that counts as the end.

caught by: test_a_signal_does_not_cut_the_message_short
words: a signal came in the middle of the message, and your code took it for the end
breaks: 1
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    before = sock.gettimeout()
    sock.settimeout(None)
    try:
        data = sock.recv(n, socket.MSG_WAITALL)
    finally:
        sock.settimeout(before)
    if len(data) < n:
        raise EOFError
    return data
