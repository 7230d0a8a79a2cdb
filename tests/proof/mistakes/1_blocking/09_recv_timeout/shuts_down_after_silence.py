"""Takes silence for the death of the connection, and shuts it down.

caught by: test_the_connection_is_usable_after_silence
words: recv_within() did not wait
"""

import socket


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.settimeout(seconds)
    try:
        return sock.recv(n)
    except (TimeoutError, BlockingIOError):
        sock.shutdown(socket.SHUT_RD)
        return None
    finally:
        sock.settimeout(before)
