"""A right answer that writes into the raw file of makefile() until it has taken all, and closes file and connection."""

import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    connection, address = listener.accept()
    with connection:
        connection.setblocking(True)
        file = connection.makefile("wb", buffering=0)
        try:
            position = 0
            while position < len(greeting):
                position += file.write(greeting[position : position + 65536])
        finally:
            file.close()
    return address
