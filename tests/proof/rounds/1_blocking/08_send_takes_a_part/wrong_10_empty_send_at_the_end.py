"""It sends the rest until a send() of nothing returns 0, and that last call can time out or fail although all is sent.

caught by: test_an_error_of_any_send_propagates
words: All of data was sent already, and your code called send() once more: that call failed
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    while sent := sock.send(view):
        view = view[sent:]
