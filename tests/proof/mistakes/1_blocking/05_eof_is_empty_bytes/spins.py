"""Asks again and again without a pause.

caught by: test_it_sleeps_while_the_peer_is_silent
words: a busy loop
"""

import socket


def recv_all(sock):
    data = b""
    while True:
        try:
            piece = sock.recv(65536, socket.MSG_DONTWAIT)
        except BlockingIOError:
            continue
        if not piece:
            return data
        data += piece
