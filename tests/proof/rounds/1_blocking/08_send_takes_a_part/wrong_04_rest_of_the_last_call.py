"""Keeps what a failed call did not send, and sends it first at the next call.

caught by: test_the_next_call_sends_its_own_data_alone
words: a call had failed half-way, and the next call sent something else than its data
"""

import socket
import weakref

_unsent = weakref.WeakKeyDictionary()  # the rest is still ours to send


def send_all(sock: socket.socket, data: bytes) -> None:
    data = _unsent.pop(sock, b"") + data
    sent = 0
    try:
        while sent < len(data):
            sent += sock.send(memoryview(data)[sent:])
    except OSError:
        _unsent[sock] = data[sent:]
        raise
