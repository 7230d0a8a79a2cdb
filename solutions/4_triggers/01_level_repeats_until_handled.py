"""4.1 level repeats until handled: one read for each report, and the kernel says when there is more.

epoll(7), "Level-triggered and edge-triggered": without EPOLLET epoll is a faster
poll(2), and poll(2) reports a descriptor as long as it is ready. Nobody has to
remember that something was left over; the kernel does.
"""

import select
import socket


def drain_level(sock: socket.socket, size: int) -> list[bytes]:
    """Read a blocking socket to its end, one recv() of `size` bytes (1 or more) for each report.

    Returns the pieces as they were read; the last one is b"", the end. Raises
    OSError if the connection fails before its end.
    """
    # poll() is level-triggered everywhere, and knows no highest descriptor as select() does.
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    pieces: list[bytes] = []
    while True:
        # It sleeps here. Bytes that the last recv() left over are reported at once.
        poller.poll()
        # One call for one report: this one cannot sleep. A second one could, on a blocking socket.
        piece = sock.recv(size)
        pieces.append(piece)
        # The end is a state like any other, and never ends: whoever does not stop here is told for ever.
        # A short piece says nothing: what is behind it, the next report tells.
        if not piece:
            return pieces
