"""4.3 edge drain until EAGAIN: read until the kernel says that there is nothing, or nothing any more.

epoll(7) lets a stream reader stop at EAGAIN or at a short read, but a short read does
not show a FIN that came with the data and is part of the same edge. See also
its "Possible pitfalls": a server with many connections would put a limit on one turn,
and keep a list of those that are not finished.
"""

import socket


def read_on_edge(sock: socket.socket) -> tuple[bytes, bool]:
    """Read all that has come on a non-blocking socket.

    Returns the bytes, and True if the stream has ended behind them. Raises
    OSError for any failure other than "nothing there".
    """
    data = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except BlockingIOError:
            # Empty, and not ended. Only now is it sure that the next arrival is an edge.
            return bytes(data), False
        if not piece:
            # The end came with this edge, or before it: there will be no other to tell of it.
            return bytes(data), True
        # However short the piece is: more bytes, or the end, may stand behind it.
        data += piece
