"""Waits in a selector, and has recvmsg_into put the bytes in their place."""

import selectors
import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray(n)
    got = 0
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        while got < n:
            selector.select()
            size = sock.recvmsg_into([memoryview(data)[got:]])[0]
            if not size:
                raise EOFError(n - got)
            got += size
    return bytes(data)
