"""A right answer that lets recv_into() fill one buffer through a memoryview."""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    target = bytearray(n)
    with memoryview(target) as view:
        count = 0
        while count < n:
            got = sock.recv_into(view[count:])
            if got == 0:
                raise EOFError(f"{n - count} of {n} bytes are missing")
            count += got
    return bytes(target)
