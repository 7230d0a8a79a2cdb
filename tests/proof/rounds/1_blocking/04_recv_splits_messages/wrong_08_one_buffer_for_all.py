"""It collects in one buffer of the module, so two calls in two threads write over each other's bytes.

caught by: test_a_call_that_waits_does_not_mix_with_another
words: Another call came meanwhile, and your code returned its bytes
"""

import socket

buffer = bytearray(65536)


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    if len(buffer) < n:
        buffer.extend(bytes(n - len(buffer)))
    count = 0
    while count < n:
        piece = sock.recv(n - count)
        if not piece:
            raise EOFError(f"the stream ends after {count} of {n} bytes")
        buffer[count : count + len(piece)] = piece
        count += len(piece)
    return bytes(buffer[:n])
