"""Puts the socket back to blocking, and the caller's timeout is lost.

caught by: test_the_socket_keeps_its_timeout
words: your code left the socket with another timeout
breaks: 7
"""

import select


def exchange(sock, data, n):
    rest = memoryview(data)
    received = bytearray()
    before = sock.gettimeout()
    sock.setblocking(False)
    try:
        while rest or len(received) < n:
            reading = [sock] if len(received) < n else []
            writing = [sock] if rest else []
            readable, writable, _ = select.select(reading, writing, [])
            if readable:
                piece = sock.recv(n - len(received))
                if not piece:
                    raise EOFError("too early")
                received += piece
            if writable:
                rest = rest[sock.send(rest) :]
    finally:
        sock.setblocking(True)
    return bytes(received)
