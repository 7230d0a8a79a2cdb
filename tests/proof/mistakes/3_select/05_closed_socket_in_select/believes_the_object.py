"""Asks the kernel for numbers, and a socket object for itself.

caught by: test_a_socket_whose_descriptor_was_closed_by_its_number_is_closed
words: nothing was open under the object's number, and your code did not say closed
"""

import os


def split_closed(socks):
    usable, closed = [], []
    for one in socks:
        (usable if is_open(one) else closed).append(one)
    return usable, closed


def is_open(one):
    if not isinstance(one, int):
        return one.fileno() != -1
    try:
        os.fstat(one)
    except OSError:
        return False
    return True
