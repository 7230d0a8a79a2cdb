"""A right answer that receives into a buffer which it doubles when it is full."""

import socket


def recv_all(sock: socket.socket) -> bytes:
    buffer = bytearray(512)
    used = 0
    while True:
        if used == len(buffer):
            buffer += bytes(used)
        with memoryview(buffer) as whole, whole[used:] as free:
            got = sock.recv_into(free)
        if got == 0:
            return bytes(buffer[:used])
        used += got
