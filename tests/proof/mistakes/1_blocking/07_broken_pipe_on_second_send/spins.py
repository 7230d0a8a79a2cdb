"""Tries again and again while the buffers are full.

caught by: test_it_sleeps_while_the_buffers_are_full
words: a busy loop
"""

import socket


def deliver(sock, messages):
    taken = 0
    for message in messages:
        rest = memoryview(message)
        while rest:
            try:
                rest = rest[sock.send(rest, socket.MSG_DONTWAIT) :]
            except BlockingIOError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                return taken
        taken += 1
    return taken
