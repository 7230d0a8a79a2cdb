"""Lets the kernel fill whole buffers: one that stays short is returned first, and the reset comes with the next."""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    received = b""
    how = ""
    while not how:
        try:
            piece = sock.recvmsg(32768, 0, socket.MSG_WAITALL)[0]
        except ConnectionResetError:
            how = "reset"
        else:
            received += piece
            how = "" if piece else "eof"
    return received, how
