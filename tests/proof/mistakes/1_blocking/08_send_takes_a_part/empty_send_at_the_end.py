"""Sends until a send() of nothing returns 0, and that one can fail although all is sent.

caught by: test_an_error_of_any_send_propagates
words: all of data was sent already, and your code called send() once more
breaks: 6
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    while sent := sock.send(view):
        view = view[sent:]
