"""Goes on as long as the wait reports something, and the end is reported for ever.

caught by: test_the_end_is_the_last_thing_to_read
words: your code read b'' again and again: the end stays readable for ever
"""

import selectors


def drain_level(sock, size):
    pieces = []
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        while selector.select():
            pieces.append(sock.recv(size))
    return pieces
