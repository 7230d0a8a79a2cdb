"""Of the kind that lets the kernel throw the bytes away: recv_into() with MSG_TRUNC, which copies nothing on TCP; raises on a reset."""

import socket

SCRATCH = bytearray(1 << 16)  # MSG_TRUNC does not write to it on TCP; elsewhere it is scrap


def lingering_close(sock: socket.socket, limit: int) -> int:
    gone = 0
    try:
        sock.shutdown(socket.SHUT_WR)
        while gone < limit:
            n = min(len(SCRATCH), limit - gone)
            taken = sock.recv_into(SCRATCH, n, socket.MSG_TRUNC)
            if taken == 0:
                break
            gone += taken
    finally:
        sock.close()
    return gone
