"""Listens on every address of the machine.

caught by: test_it_listens_on_that_address_alone
words: listens on the host that was asked for, and on no other
"""

import socket


def open_listener(address):
    return socket.create_server(("", address[1]))
