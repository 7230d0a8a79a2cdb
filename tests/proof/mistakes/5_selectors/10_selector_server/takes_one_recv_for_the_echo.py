"""The client sends and reads at the same time, and takes one recv() for the whole echo.

caught by: test_the_client_takes_the_echo_while_it_sends
words: the echo came in many pieces, and your echo() did not read all up to the end of the stream
"""

import selectors
import socket


def serve(listener, selector=None):
    raise NotImplementedError


def echo(address, data):
    rest = memoryview(data)
    with socket.create_connection(address) as sock, selectors.DefaultSelector() as selector:
        sock.setblocking(False)
        selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while True:
            [(_, mask)] = selector.select()
            if mask & selectors.EVENT_READ:
                return sock.recv(len(data))
            rest = rest[sock.send(rest) :]
            if not rest:
                sock.shutdown(socket.SHUT_WR)
                selector.modify(sock, selectors.EVENT_READ)
