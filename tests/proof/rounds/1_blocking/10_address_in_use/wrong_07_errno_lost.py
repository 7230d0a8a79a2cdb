"""Raises an OSError with a message of its own and without errno if somebody is listening.

caught by: test_an_address_with_a_live_listener_is_refused_at_once
words: somebody is listening there, and the caller of the second open_listener() did not find out
"""

import errno
import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise OSError(f"port {address[1]} of {address[0]} is in use") from error
        raise
    except BaseException:
        listener.close()
        raise
    return listener
