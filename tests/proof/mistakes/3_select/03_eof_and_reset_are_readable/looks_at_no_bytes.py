"""Asks for no bytes, and takes getting none for the end.

caught by: test_bytes_are_data
words: bytes had come, and your code did not say "data
"""

import select
import socket


def classify_ready(socks):
    found = {}
    for sock in select.select(socks, [], [], 0)[0]:
        try:
            found[sock] = "data" if sock.recv(0, socket.MSG_PEEK) else "eof"
        except ConnectionResetError:
            found[sock] = "reset"
    return found
