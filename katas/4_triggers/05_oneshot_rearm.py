"""4.5 oneshot rearm

A socket registered with EPOLLONESHOT is reported once. It stays registered,
but nothing about it is reported any more until somebody arms it again. So
several threads can wait on one epoll object, and each socket is in the hands
of one of them at a time.

handle(epoll, sock) is what a thread calls after epoll has reported sock to
it. The socket is non-blocking and was registered for EPOLLIN | EPOLLONESHOT.
The function is to read from it, to arm it again for these events and no
others, and to return what it read. Until it is armed the socket is this
thread's alone.

b"" is the end of the stream, in a call of its own: a call that returns data
arms the socket, and whatever is still in it, the end included, is reported
again. After b"" the caller does not need it armed. An error of the socket
propagates. The socket is the caller's: open and non-blocking on every way out.

The program is there, and wrong. Fix it.

Document: not in it; it names the level and the edge trigger, and no third.
"""

import select
import socket


def handle(epoll: "select.epoll", sock: socket.socket) -> bytes:
    """Read from a one-shot socket that `epoll` has just reported, and arm it again.

    Returns the bytes that were read: all that have come, or at least the first
    1024 of them; b"" at the end of the stream. Raises OSError if the connection
    has failed.
    """
    epoll.modify(sock, select.EPOLLIN)  # at once, so that nothing is missed
    data = b""
    try:
        while True:
            piece = sock.recv(4096)
            if not piece:
                sock.close()
                break
            data += piece
    except OSError:
        pass  # nothing more has come
    return data
