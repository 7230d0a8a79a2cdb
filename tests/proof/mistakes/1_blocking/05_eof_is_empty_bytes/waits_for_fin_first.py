"""Sleeps until the FIN is there and only then reads: more than the kernel's buffers hold never gets through.

caught by: test_a_short_read_is_not_the_end
words: still blocked in poll.poll(None)
"""

import errno
import os
import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    if sock.fileno() < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    timeout = sock.gettimeout()
    poller = select.poll()
    poller.register(sock, select.POLLRDHUP)
    # the kernel queues everything until the peer has ended
    if not poller.poll(timeout * 1000 if timeout else None):
        raise TimeoutError("timed out")
    data = bytearray()
    while piece := sock.recv(65536):
        data += piece
    return bytes(data)
