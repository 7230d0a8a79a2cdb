"""Asks poll() for POLLIN and POLLOUT: the socket is always writable, poll() never sleeps, the loop spins.

caught by: test_silence_is_neither
words: a busy loop
"""

import errno
import os
import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    if sock.fileno() < 0:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    poller = select.poll()
    poller.register(sock, select.POLLIN | select.POLLOUT)
    data = bytearray()
    while True:
        poller.poll()
        try:
            piece = sock.recv(65536, socket.MSG_DONTWAIT)
        except BlockingIOError:
            continue
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
