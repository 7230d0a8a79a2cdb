"""Has the shutdown before the try: on a connection that is already reset it raises ENOTCONN, and the socket stays open.

caught by: test_a_connection_that_is_broken_already_is_closed
words: The connection was broken, and your code left the socket open
"""

import socket

CHUNK = 65536  # bytes


def lingering_close(sock: socket.socket, limit: int) -> int:
    thrown = 0
    sock.shutdown(socket.SHUT_WR)
    try:
        while thrown < limit:
            chunk = sock.recv(min(CHUNK, limit - thrown))
            if not chunk:
                break
            thrown += len(chunk)
    finally:
        sock.close()
    return thrown
