"""It takes the timeout away and puts it back after every Exception, and KeyboardInterrupt is none.

caught by: test_an_exception_of_any_kind_leaves_the_socket_as_it_was
words: After Ctrl-C the socket had another timeout than before
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    timeout = sock.gettimeout()
    received = bytearray()
    try:
        sock.settimeout(None)
        while len(received) < n:
            piece = sock.recv(min(n - len(received), 65536))
            if not piece:
                raise EOFError(f"the stream ends after {len(received)} of {n} bytes")
            received += piece
    except Exception:
        sock.settimeout(timeout)
        raise
    sock.settimeout(timeout)
    return bytes(received)
