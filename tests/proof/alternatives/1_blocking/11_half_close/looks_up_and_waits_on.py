"""Looks up twice a second, to print something perhaps, and goes on waiting."""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(0.5)
        reply = b""
        while True:
            try:
                piece = sock.recv(4096)
            except TimeoutError as error:
                if error.errno is not None:  # the kernel's ETIMEDOUT: the connection is gone
                    raise
                continue
            if not piece:
                return reply
            reply += piece
