"""Unusual: an ExitStack restores the mode, and recvmsg() reads."""

import contextlib
import os
import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = bytearray()
    with contextlib.ExitStack() as stack:
        # Called in the opposite order, on every way out.
        stack.callback(os.set_blocking, sock.fileno(), os.get_blocking(sock.fileno()))
        stack.callback(sock.settimeout, sock.gettimeout())
        sock.settimeout(0)
        poller = select.poll()
        poller.register(sock, select.POLLIN)
        while True:
            poller.poll()
            try:
                piece = sock.recvmsg(32768)[0]
            except BlockingIOError:
                continue
            except ConnectionResetError:
                return bytes(data), "reset"
            if piece == b"":
                return bytes(data), "eof"
            data += piece
