"""Takes the timeout from a duplicate, which clears O_NONBLOCK of the socket itself.

caught by: test_a_reset_is_not_an_orderly_end
words: an error propagated, and your code left the socket in another mode
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    data = bytearray()
    with sock.dup() as own:
        own.settimeout(None)  # the duplicate's timeout only
        while len(data) < n:
            piece = own.recv(min(n - len(data), 65536))
            if not piece:
                raise EOFError("the stream has ended")
            data += piece
    return bytes(data)
