"""Asks for readability when nothing is missing: at the peer's end the answer is always yes.

caught by: test_a_peer_that_has_said_all_still_gets_the_data
words: a busy loop
breaks: 4
"""

import select


def exchange(sock, data, n):
    rest = memoryview(data)
    received = bytearray()
    before = sock.gettimeout()
    sock.setblocking(False)
    try:
        while rest or len(received) < n:
            reading = [sock] if True else []
            writing = [sock] if rest else []
            readable, writable, _ = select.select(reading, writing, [])
            if readable and len(received) < n:
                piece = sock.recv(n - len(received))
                if not piece:
                    raise EOFError("too early")
                received += piece
            if writable:
                rest = rest[sock.send(rest) :]
    finally:
        sock.settimeout(before)
    return bytes(received)
