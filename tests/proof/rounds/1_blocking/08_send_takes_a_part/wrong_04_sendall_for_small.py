"""It calls sendall() for data of up to 4096 bytes, and send() only for more.

caught by: test_nothing_but_send_sends
words: Your code sent with another call than sock.send(), which this kata is about
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    if len(data) <= 4096:
        sock.sendall(data)
        return
    view = memoryview(data)
    while view:
        view = view[sock.send(view) :]
