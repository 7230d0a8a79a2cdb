"""Tries MSG_OOB before each recv(), and waits for normal bytes: an urgent one that comes meanwhile is lost.

caught by: test_it_sleeps_until_something_comes
words: your code slept when the urgent byte came, and lost it or took another one
"""

import errno
import socket


def read_urgent(sock):
    normal = urgent = b""
    while True:
        try:
            urgent += sock.recv(1, socket.MSG_OOB)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
        piece = sock.recv(4096)
        if not piece:
            return normal, urgent
        normal += piece
