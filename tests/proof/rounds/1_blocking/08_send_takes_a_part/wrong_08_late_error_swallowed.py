"""It lets an error of the first send() propagate, and takes a broken pipe or a reset after that for the end.

caught by: test_an_error_of_any_send_propagates
words: A send failed, and your code did not tell the caller which error it was
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    sent = sock.send(view) if view else 0
    while sent < len(view):
        try:
            sent += sock.send(view[sent:])
        except (BrokenPipeError, ConnectionResetError):
            return
