"""Reads until BlockingIOError after each report; a blocking socket never raises it, and the end never ends.

caught by: test_the_end_is_the_last_thing_to_read
words: the end stays readable for ever
"""

import select


def drain_level(sock, size):
    pieces = []
    while not pieces or pieces[-1]:
        select.select([sock], [], [])
        try:
            while True:
                pieces.append(sock.recv(size))
        except BlockingIOError:
            pass
    return pieces
