"""Lets the with statement close the socket, and expects one refusal from each kind of stranger."""

import selectors
import socket


def drop(selector: selectors.BaseSelector, sock: socket.socket) -> None:
    with sock:
        expected = ValueError if sock.fileno() == -1 else KeyError
        try:
            key = selector.get_map()[sock]
        except expected:
            return
        if key.fileobj is sock:
            selector.unregister(sock)
