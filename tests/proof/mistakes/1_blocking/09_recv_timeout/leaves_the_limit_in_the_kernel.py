"""Sets SO_RCVTIMEO and leaves it: later reads of the caller fail after that time too.

caught by: test_the_socket_keeps_its_mode_and_timeout
words: after silence your code left the socket with another mode or option
breaks: 7
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
