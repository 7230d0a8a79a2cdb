"""Calls sendall() for the rest, if the first send() took only a part.

caught by: test_nothing_but_send_sends
words: your code sent with another call than sock.send(), which this kata is about
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    if not data:
        return
    count = sock.send(data)
    if count < len(data):
        sock.sendall(memoryview(data)[count:])
