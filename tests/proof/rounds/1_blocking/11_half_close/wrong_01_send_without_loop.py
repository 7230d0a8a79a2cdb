"""Calls send() once and ignores its count, so that a signal in the middle of a large request cuts it off.

caught by: test_a_signal_does_not_cut_the_request_short
words: a signal came while your code was sending, and it did not send the rest
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(address)
        sock.send(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while chunk := sock.recv(65536):
            reply += chunk
        return bytes(reply)
