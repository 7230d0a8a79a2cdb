"""Looks at SO_ERROR before it reads: bytes still queued when the reset comes are lost.

caught by: test_bytes_still_queued_at_the_reset_are_returned
words: bytes were queued in front of the reset, and your code lost them, or the reset
"""

import errno
import os
import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    fd = sock.fileno()
    if fd < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    poller = select.poll()
    poller.register(fd, select.POLLIN)
    data = bytearray()
    while True:
        [(_, events)] = poller.poll()
        if events & select.POLLERR:
            error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error == errno.ECONNRESET:
                return bytes(data), "reset"
            if error:
                raise OSError(error, os.strerror(error))
        try:
            piece = os.read(fd, 65536)
        except BlockingIOError:
            continue
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
