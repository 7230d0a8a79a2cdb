"""Returns as soon as the n bytes are here, with data still to be sent.

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
        while len(received) < n:
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
    return bytes(received)
