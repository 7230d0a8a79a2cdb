"""Sends the number of the descriptor: in another process it means nothing, or something else.

caught by: test_another_process_serves_clients_that_had_connected
words: a connected client was reset
"""

import socket


def send_listener(channel, listener):
    channel.sendall(bytes([listener.fileno()]))


def receive_listener(channel):
    data = channel.recv(1)
    if not data:
        raise EOFError
    try:
        return socket.socket(fileno=data[0])
    except OSError:
        raise ValueError from None
