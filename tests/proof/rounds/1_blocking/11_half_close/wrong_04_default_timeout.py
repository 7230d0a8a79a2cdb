"""Leaves the process's default timeout on the socket, so it gives up if one is set.

stays green: the brief leaves a default timeout that the caller has set open now
"""

import socket


def ask(address: tuple[str, int], request: bytes) -> bytes:
    with socket.create_connection(address) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        reply = bytearray()
        while data := sock.recv(65536):
            reply += data
        return bytes(reply)
