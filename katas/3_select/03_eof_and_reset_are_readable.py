"""3.3 EOF and reset are readable

Readable means that a read would not wait. There are three reasons for that: bytes,
the end of the stream, and a broken connection. select() names all three in the same
list.

Write classify_ready(socks). Look once at connected stream sockets, and return a dict
with an entry for each socket on which a read would not wait now:

    "data"    if a read would return bytes, also if the end or a reset is behind them
    "eof"     if the peer has ended its side and all bytes before that were read
    "reset"   if a read would fail: after a reset (ECONNRESET), or because the kernel
              has given the connection up (ETIMEDOUT)

- Leave out a socket on which nothing has happened. Never wait.
- Take nothing: the bytes and the end are still there for the caller to read.
- Put each socket back into the mode in which it came, whatever that is.
- Nobody else reads from the sockets meanwhile.

Open: what can still be seen of a reset afterwards.

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
