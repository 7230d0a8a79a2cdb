"""Hands out the listener that it has opened before on this address: two owners, one socket.

caught by: test_an_address_with_a_live_listener_is_refused_at_once
words: the caller of the second open_listener() did not find out
"""

import socket

opened = {}


def open_listener(address):
    known = opened.get(address)
    if known is not None and known.fileno() != -1:
        return known
    listener = socket.create_server(address)
    opened[listener.getsockname()] = listener
    return listener
