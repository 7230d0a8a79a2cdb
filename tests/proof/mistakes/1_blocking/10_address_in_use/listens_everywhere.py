"""Binds the address, to see whether that goes, and then listens on every address of the machine.

caught by: test_it_listens_on_that_address_alone
words: your listener listens on another host
breaks: 1
"""

import socket


def open_listener(address):
    with socket.socket() as first:
        first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        first.bind(address)
        return socket.create_server(("", first.getsockname()[1]))
