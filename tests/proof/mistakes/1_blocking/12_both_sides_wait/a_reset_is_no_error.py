"""Treats a broken connection like a complete one.

caught by: test_the_timeout_is_back_after_an_error_too
words: the connection was broken, and the caller never found out
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
    except ConnectionError:
        pass
    finally:
        sock.settimeout(before)
    return bytes(received)
