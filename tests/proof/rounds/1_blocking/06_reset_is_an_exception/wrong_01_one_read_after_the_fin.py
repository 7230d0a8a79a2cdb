"""Once poll() tells of the FIN it reads once more, and loses what is queued beyond 64 KiB.

caught by: test_all_that_is_queued_comes_before_an_end_that_is_there
words: bytes were queued before the end, and your code did not return them all
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
    poller.register(fd, select.POLLIN | select.POLLRDHUP)
    data = bytearray()
    while True:
        [(_, events)] = poller.poll()
        try:
            piece = os.read(fd, 65536)
        except BlockingIOError:
            continue
        except ConnectionResetError:
            return bytes(data), "reset"
        data += piece
        fin = events & select.POLLRDHUP and not events & (select.POLLERR | select.POLLHUP)
        if fin or not piece:
            return bytes(data), "eof"
