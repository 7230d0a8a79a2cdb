"""The client sends everything before it reads: the server waits for it, and it waits for the server.

caught by: test_the_client_takes_the_echo_while_it_sends
words: still blocked in socket 1.sendall(
"""

import socket


def serve(listener, selector=None):
    raise NotImplementedError


def echo(address, data):
    came = b""
    with socket.create_connection(address) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        while piece := sock.recv(65536):
            came += piece
    return came
