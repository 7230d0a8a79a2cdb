"""Takes three seconds of silence for the end, and closes.

caught by: test_a_silent_peer_is_waited_for
words: The peer was silent for a minute, and your code did not wait for its end
"""

import socket

CHUNK = 65536  # bytes


def lingering_close(sock: socket.socket, limit: int) -> int:
    thrown = 0
    with sock:
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(3.0)
        while thrown < limit:
            try:
                chunk = sock.recv(min(CHUNK, limit - thrown))
            except socket.timeout:
                break
            if not chunk:
                break
            thrown += len(chunk)
    return thrown
