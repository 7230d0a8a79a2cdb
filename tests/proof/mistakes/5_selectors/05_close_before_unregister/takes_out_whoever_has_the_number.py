"""Unregisters an open socket by its number, whoever's key stands there.

caught by: test_the_key_of_another_socket_with_its_number_stays
words: took out the key of another socket
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
        # The object, not its number: -1 finds nothing, and a number kept from before may be another's.
        selector.unregister(sock)
    # Last: unregister() tells the kernel the number, and has to do so while it is this socket's.
    # Closing a closed socket is harmless; the object knows that it has no number any more.
    sock.close()
