"""Sends everything twice if the length is a multiple of 4096: data[-0:].

caught by: test_a_long_message_arrives_whole_from_a_socket_with_a_timeout
words: A blocking send sleeps until the peer makes room by reading, and it does not read
"""

import socket

PIECE = 4096


def _send_piece(sock: socket.socket, piece: bytes) -> None:
    while piece:
        piece = piece[sock.send(piece) :]


def send_all(sock: socket.socket, data: bytes) -> None:
    pieces, tail = divmod(len(data), PIECE)
    for number in range(pieces):
        _send_piece(sock, data[number * PIECE : (number + 1) * PIECE])
    _send_piece(sock, data[-tail:])
