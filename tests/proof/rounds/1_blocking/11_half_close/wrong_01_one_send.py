"""Calls send() once: on a blocking socket it takes all, unless a signal arrives while it waits for room.

caught by: test_a_signal_does_not_cut_the_request_short
words: a signal came while your code was sending, and it did not send the rest
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address) as sock:
        sock.settimeout(None)
        sock.send(request)  # a blocking socket takes everything
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while data := sock.recv(65536):
            reply += data
        return bytes(reply)
