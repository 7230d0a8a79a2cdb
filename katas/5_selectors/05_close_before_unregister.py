"""5.5 close before unregister

A selector does not notice that a socket was closed: the key stays, under a number
that is nobody's. SelectSelector fails with EBADF at its next select(), PollSelector
reports the number as ready each time, EpollSelector is silent. And whoever asks the
selector about the closed socket hears now one exception and now another.

Write drop(selector, sock). Afterwards the socket is not registered and is closed,
whatever it was before: registered and open; closed behind the selector's back and
still registered; never registered, open or closed; dropped already. It raises
nothing in any of these cases, and it may be called again and again.

An open socket leaves the selector before it is closed, so that the kernel watches
nothing that nobody can unregister. Other sockets are not touched, neither what is
registered nor what is open: the number of the closed one may be another's by now, and
the key that another closed socket has left behind may stand under sock's number.

Close this socket alone. A duplicate of it, here or in another process, keeps its
connection, and the mode and the options that it shares with sock. A socket that
never had a connection is closed just so.

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
