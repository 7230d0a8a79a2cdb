"""Waits in select, then takes what is there and says that the call may not wait."""

import select
import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    discarded = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        while discarded < limit:
            select.select([sock], [], [])
            piece = sock.recv(min(65536, limit - discarded), socket.MSG_DONTWAIT)
            if not piece:
                return discarded
            discarded += len(piece)
        return discarded
    finally:
        sock.close()
