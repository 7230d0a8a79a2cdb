"""Closes the number in the key, whoever has it by now.

caught by: test_a_newcomer_with_its_number_stays_open
words: your code closed the number in the key, which was another socket's by then
"""

import os


def drop(selector, sock):
    try:
        key = selector.unregister(sock)
    except (KeyError, ValueError):
        sock.close()
        return
    if sock.fileno() != -1:
        sock.detach()
    try:
        os.close(key.fd)
    except OSError:
        pass
