"""3.7 urgent data in xlist

The third list of select() is for exceptional conditions. On a TCP socket there is
one: urgent data. A sender can mark a byte as urgent. The byte has its place in the
stream, but is read separately, with the flag MSG_OOB. recv() without the flag ends in
front of such a byte, and a recv() that begins at it leaves it out: the byte is lost,
and no error says so.

Write read_urgent(sock).
- Read until the peer has ended its stream. Return the normal bytes and the urgent
  bytes, each in the order in which they were sent.
- Read soon whatever comes. While nothing comes the thread sleeps in the kernel.
- Let every error propagate.
- The peer sends the next urgent byte when the one before has been read.
- The socket is blocking, non-blocking, or has a timeout, in which something always
  comes. SO_OOBINLINE is not set when it comes.
- At the end its mode, its timeout and its options are as before.

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
