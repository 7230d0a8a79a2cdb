"""Does not raise when the connection breaks, but returns 0 then, whatever it has thrown away before.

caught by: test_a_connection_that_breaks_meanwhile_is_closed
words: recv() failed with ECONNRESET after seven bytes, and your code returned another number
"""

import socket

CHUNK = 65536  # bytes


def lingering_close(sock: socket.socket, limit: int) -> int:
    with sock:
        try:
            sock.shutdown(socket.SHUT_WR)
            return throw_away(sock, limit)
        except OSError:
            return 0


def throw_away(sock: socket.socket, limit: int) -> int:
    thrown = 0
    while thrown < limit:
        chunk = sock.recv(min(CHUNK, limit - thrown))
        if not chunk:
            break
        thrown += len(chunk)
    return thrown
