"""Makes the socket blocking before it closes it: the duplicates share that mode.

caught by: test_a_duplicate_keeps_its_connection
words: your code changed what the duplicates of the socket share
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
    with contextlib.suppress(OSError):
        sock.setblocking(True)
    # Last: unregister() tells the kernel the number, and has to do so while it is this socket's.
    # Closing a closed socket is harmless; the object knows that it has no number any more.
    sock.close()
