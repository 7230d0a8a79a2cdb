"""4.3 edge drain until EAGAIN

An edge says that something has come. It is not repeated for what a reader
leaves behind: bytes that stay unread, or an end of the stream that nobody has
looked for, are not reported until something else comes, and behind the end
nothing comes any more.

Write read_on_edge(sock). An epoll object has reported a non-blocking socket,
edge-triggered. It reads what is there, all of it, and returns the bytes and
whether the stream has ended: the pair (data, ended). When it has returned,
whatever comes next is a new edge.

It never waits. Nothing there is (b"", False). Who asks again after the end is
told of the end again. An error of the socket propagates. The socket is the
caller's: it stays open and in its mode.

Document: not in it; its prose names the edge trigger, and its programs read
once for each report, which an edge does not forgive.
"""

import socket


def read_on_edge(sock: socket.socket) -> tuple[bytes, bool]:
    """Read all that has come on a non-blocking socket.

    Returns the bytes, and True if the stream has ended behind them. Raises
    OSError for any failure other than "nothing there".
    """
    raise NotImplementedError
