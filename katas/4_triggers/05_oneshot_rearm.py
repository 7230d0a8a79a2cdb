"""4.5 oneshot rearm

A socket registered with EPOLLONESHOT is reported once. It stays registered, but is
not reported again until somebody arms it again. So several threads can wait on one
epoll object, and each socket is in the hands of one of them at a time.

The program below is wrong. Fix handle(epoll, sock), which a thread calls after epoll
has reported sock to it. The socket is non-blocking and was registered for EPOLLIN |
EPOLLONESHOT.
- Read from it, and return the bytes: all that have come, or at least the first 1024.
- Then arm it again, for these events and no others. Until then it is this thread's
  alone.
- Return b"" for the end of the stream, in a call of its own: a call that returns data
  arms the socket, and what is still in it, the end included, is reported again.
- Let every error of the socket propagate, a reset and ETIMEDOUT alike.
- The socket is the caller's: leave it open and non-blocking, on every way out.

Open: whether it is armed after b"" or an error, and whether an error costs the bytes
that the same call had read.

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
