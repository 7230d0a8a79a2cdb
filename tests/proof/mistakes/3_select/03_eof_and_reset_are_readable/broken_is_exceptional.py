"""Expects broken connections in the third list, and no error from the sockets in the first.

caught by: test_a_broken_connection_is_reset
words: ECONNRESET
"""

import select
import socket


def classify_ready(socks):
    readable, _, exceptional = select.select(socks, [], socks, 0)
    found = dict.fromkeys(exceptional, "reset")
    for sock in readable:
        if sock not in found:
            found[sock] = "data" if sock.recv(1, socket.MSG_PEEK) else "eof"
    return found
