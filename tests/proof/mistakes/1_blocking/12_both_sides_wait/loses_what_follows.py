"""Takes whatever is there, returns n bytes of it and loses the next message.

caught by: test_it_takes_n_bytes_and_leaves_the_rest
words: your code took bytes of the next message from the socket
breaks: 2
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
                piece = sock.recv(65536)
                if not piece:
                    raise EOFError("too early")
                received += piece
            if writable:
                rest = rest[sock.send(rest) :]
    finally:
        sock.settimeout(before)
    return bytes(received[:n])
