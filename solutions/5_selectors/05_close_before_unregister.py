"""5.5 close before unregister: unregister by the object, expect both refusals, then close.

Python documentation, selectors, "BaseSelector.unregister": KeyError if the object is
not registered; it may be closed, and is found all the same. CPython looks for a
closed one by identity (selectors.py, _fileobj_lookup) and raises ValueError if that
fails, because a closed socket's number is -1.
"""

import contextlib
import selectors
import socket


def drop(selector: selectors.BaseSelector, sock: socket.socket) -> None:
    """Take sock out of the selector, if it is in, and close it, if it is open.

    The selector is open. Raises nothing for a socket that is unknown, closed
    or both.
    """
    # Not "if sock in selector.get_map()": for a closed socket that is unknown the question
    # itself raises ValueError. KeyError: open and unknown. ValueError: closed and unknown.
    with contextlib.suppress(KeyError, ValueError):
        # An open socket is looked up by its number, and there may stand the key of one that was closed
        # behind the selector's back. Only the object tells whose key it is.
        if selector.get_key(sock).fileobj is sock:
            selector.unregister(sock)
    # Last: unregister() tells the kernel the number, and has to do so while it is this socket's.
    # Closing a closed socket is harmless; the object knows that it has no number any more.
    sock.close()
