"""3.7 urgent data in xlist

The third list of select() is for exceptional conditions. On a TCP socket there
is one: urgent data. A sender can mark a byte as urgent; it stands at its place in
the stream, but is read apart from it, with the flag MSG_OOB. recv() without the
flag ends in front of such a byte, and a recv() that begins at it leaves it out:
the byte is lost, and nobody is told.

Write read_urgent(sock). It reads until the peer has ended its stream, and returns
the normal bytes and the urgent bytes, each in the order in which they were sent.
Whatever comes is read soon, and while nothing comes the thread sleeps in the
kernel. An error propagates to the caller.

The peer sends the next urgent byte when the one before has been read. The
socket comes in any mode: blocking, non-blocking, or with a timeout, in which
something always comes. At the end its mode, its timeout and its options are as
before; SO_OOBINLINE is not set when it comes.

Document: program 3, where a comment explains xlist as waiting for an exceptional
condition, and the list stays empty.
"""

import socket


def read_urgent(sock: socket.socket) -> tuple[bytes, bytes]:
    """Read a TCP stream to its end, the urgent bytes apart from the others.

    Returns the normal bytes and the urgent bytes. Raises OSError if the
    connection fails. The caller's socket stays open.
    """
    raise NotImplementedError
