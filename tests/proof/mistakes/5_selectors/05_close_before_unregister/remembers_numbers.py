"""Keeps the number of each socket, to find it again when it is closed.

caught by: test_dropped_again_it_does_not_take_out_a_newcomer
words: a new socket had the old one's number, and your code took the new one out
"""

NUMBERS = {}


def drop(selector, sock):
    for key in selector.get_map().values():
        if key.fileobj is sock:
            NUMBERS[sock] = key.fd
    if sock in NUMBERS and NUMBERS[sock] in selector.get_map():
        selector.unregister(NUMBERS[sock])
    sock.close()
