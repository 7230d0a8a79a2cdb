"""Reads a byte to see what is there, and keeps it.

caught by: test_nothing_is_taken
words: your code took bytes that are the caller's to read
"""

import select


def classify_ready(socks):
    found = {}
    for sock in select.select(socks, [], [], 0)[0]:
        try:
            found[sock] = "data" if sock.recv(1) else "eof"
        except ConnectionResetError:
            found[sock] = "reset"
    return found
