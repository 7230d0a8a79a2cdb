"""Sets SO_RCVTIMEO and leaves it: later reads of the caller fail after that time too.

caught by: test_after_silence_the_timeout_is_as_before
words: option SO_RCVTIMEO is as before, that is, not set
"""

import socket
import struct


def recv_within(sock, n, seconds):
    before = sock.gettimeout()
    sock.setblocking(seconds > 0)
    whole, part = divmod(round(seconds * 1_000_000), 1_000_000)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", whole, part))
    try:
        return sock.recv(n)
    except BlockingIOError:
        return None
    finally:
        sock.settimeout(before)
