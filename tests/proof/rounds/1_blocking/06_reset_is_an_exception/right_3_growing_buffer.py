"""recv_into() straight into the free end of a buffer that doubles when it is full, without any pieces to join."""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    buffer = bytearray(8192)
    used = 0
    end = ""
    while not end:
        if used == len(buffer):
            buffer.extend(bytes(len(buffer)))
        try:
            with memoryview(buffer) as view, view[used:] as room:
                count = sock.recv_into(room)
        except ConnectionResetError:
            end = "reset"
        else:
            used += count
            if count == 0:
                end = "eof"
    del buffer[used:]
    return bytes(buffer), end
