"""Switches one bit of what is registered, if it is not as wanted."""

import selectors
import socket


def update_interest(selector: selectors.BaseSelector, sock: socket.socket, pending: bool) -> None:
    registered = {id(key.fileobj): key for key in selector.get_map().values()}
    key = registered[id(sock)]
    on = bool(key.events & selectors.EVENT_WRITE)
    if on != pending:
        selector.modify(key.fileobj, data=key.data, events=key.events ^ selectors.EVENT_WRITE)
