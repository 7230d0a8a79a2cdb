"""Makes the socket non-blocking and leaves it so.

caught by: test_the_socket_keeps_its_timeout
words: your code left the socket with another timeout
"""

import select


def exchange(sock, data, n):
    rest = memoryview(data)
    received = bytearray()
    sock.setblocking(False)
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
    return bytes(received)
