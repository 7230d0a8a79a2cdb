"""Returns what has come when the peer ends too early.

caught by: test_an_end_before_n_bytes_is_an_error
words: the peer ended after 3 of 10 bytes, and your code took them
breaks: 5
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
                    break
                received += piece
            if writable:
                rest = rest[sock.send(rest) :]
    finally:
        sock.settimeout(before)
    return bytes(received)
