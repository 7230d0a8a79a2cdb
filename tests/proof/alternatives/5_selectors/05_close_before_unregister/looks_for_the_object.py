"""Goes through all keys and unregisters the one that holds this very object."""

import selectors
import socket


def drop(selector: selectors.BaseSelector, sock: socket.socket) -> None:
    for fd, key in list(selector.get_map().items()):
        if key.fileobj is sock:
            selector.unregister(fd)
    sock.close()
