"""Sets SO_REUSEPORT: two live listeners share one address, and each gets some of the clients.

caught by: test_an_address_with_a_live_listener_is_refused_at_once
words: the caller of the second open_listener() did not find out
"""

import socket


def open_listener(address):
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
