"""It sets SO_REUSEPORT as well, so two servers of this function listen on one port and neither gets EADDRINUSE.

caught by: test_an_address_with_a_live_listener_is_refused_at_once
words: Somebody is listening there, and the caller of the second open_listener() did not find out
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
