"""When the connection is reset, it connects a second time and asks again instead of raising.

caught by: test_a_reply_that_breaks_off_is_an_error
words: the connection broke, and your code connected once more: the server has the request twice
"""

import socket


def ask_once(address: tuple[str, int], request: bytes) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(address)
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while chunk := sock.recv(65536):
            reply += chunk
        return bytes(reply)


def ask(address: tuple[str, int], request: bytes) -> bytes:
    try:
        return ask_once(address, request)
    except (ConnectionResetError, BrokenPipeError):
        return ask_once(address, request)
