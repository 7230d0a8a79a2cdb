"""Stops at the first reset: the sockets after it are never looked at.

caught by: test_each_socket_is_told_by_itself
words: of six sockets five are readable
"""

import select
import socket


def classify_ready(socks):
    found = {}
    try:
        for sock in select.select(socks, [], [], 0)[0]:
            found[sock] = "data" if sock.recv(1, socket.MSG_PEEK) else "eof"
    except ConnectionResetError:
        found[sock] = "reset"
    return found
