"""5.5 close before unregister

A selector does not notice that a socket was closed: the key stays, under a number that
belongs to nothing. SelectSelector fails with EBADF at its next select(), PollSelector
reports the number as ready each time, EpollSelector is silent. And what the selector
raises when it is asked about the closed socket differs from case to case.

Write drop(selector, sock).
- Afterwards the socket is not registered and is closed, whatever it was before:
  registered and open; closed behind the selector's back and still registered; never
  registered, open or closed; dropped already.
- Raise nothing in any of these cases. It may be called again and again.
- Unregister an open socket before you close it, so that the kernel watches nothing
  that nobody can unregister.
- Leave other sockets alone, both registrations and open sockets. Another socket may
  have the number of the closed one by now, and the key that another closed socket has
  left behind may stand under sock's number.
- Close this socket alone. A duplicate of it, here or in another process, keeps its
  connection, and the mode and the options that it shares with sock.
- Close a socket that never had a connection in the same way.

Document: not in it; program 5 unregisters first and closes then, once, and has
nothing to say about any other case.
"""

import selectors
import socket


def drop(selector: selectors.BaseSelector, sock: socket.socket) -> None:
    """Take sock out of the selector, if it is in, and close it, if it is open.

    The selector is open. Raises nothing for a socket that is unknown, closed
    or both.
    """
    raise NotImplementedError
