"""Collects in a bytearray and returns it as it is.

caught by: test_nothing_to_send_or_nothing_to_receive
words: (bytearray(b''), bytearray)
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
        sock.settimeout(before)
    return received
