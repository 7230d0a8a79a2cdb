"""3.3 EOF and reset are readable

Readable means that a read would not wait. Bytes are one reason for that. The end
of the stream is another, and a broken connection is the third: select() names
all three in the same list.

Write classify_ready(socks). It looks once at connected stream sockets, does not
wait, and returns a dict with an entry for each socket on which a read would not
wait now:

    "data"    if the read would give bytes, also where the end or a reset is behind them
    "eof"     if the peer has ended its side and all bytes before it were read
    "reset"   if the read would fail: a reset (ECONNRESET), or a connection that the
              kernel has given up (ETIMEDOUT)

A socket on which nothing has happened is not in the dict.

It takes nothing: the bytes and the end are still there for the caller to read,
and each socket, in whatever mode it came, is in that mode again. What a reset
leaves to be seen is not asked for. Nobody else reads from the sockets
meanwhile.

Document: program 4, which takes whatever select() names for a message; program 3
mentions the third list in a comment and does not use it.
"""

import socket


def classify_ready(socks: list[socket.socket]) -> dict[socket.socket, str]:
    """Tell why a read on each of these sockets would not wait just now.

    Returns "data", "eof" or "reset" for each socket that is readable. Never
    waits, and takes no bytes out of any socket.
    """
    raise NotImplementedError
