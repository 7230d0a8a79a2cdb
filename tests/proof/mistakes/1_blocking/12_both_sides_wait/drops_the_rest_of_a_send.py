"""Sends once, when there is room, and drops what the call did not take.

caught by: test_a_peer_that_sends_everything_before_it_reads
words: your code dropped it, or gave up
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
                sock.send(rest)
                rest = b""
    finally:
        sock.settimeout(before)
    return bytes(received)
