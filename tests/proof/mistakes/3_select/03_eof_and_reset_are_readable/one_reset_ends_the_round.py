"""Stops at the first reset: the sockets after it are never looked at.

caught by: test_each_socket_is_told_by_itself
words: five of six sockets were readable, and your code gave a wrong answer for one of them
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
