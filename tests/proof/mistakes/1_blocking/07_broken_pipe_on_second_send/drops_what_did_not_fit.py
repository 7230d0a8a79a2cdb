"""Sends without waiting and drops what does not fit.

caught by: test_long_messages_go_out_whole
words: a part of a long message was not sent
"""

import contextlib
import socket


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            with contextlib.suppress(BlockingIOError):
                sock.send(message, socket.MSG_DONTWAIT)
        except (BrokenPipeError, ConnectionResetError):
            break
        taken += 1
    return taken
