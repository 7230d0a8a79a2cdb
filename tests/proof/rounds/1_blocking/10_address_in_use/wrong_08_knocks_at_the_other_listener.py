"""After EADDRINUSE it connects to see who is there, so the other listener gets a connection that nobody wants.

caught by: test_the_first_listener_notices_nothing
words: Your code connected to the other server to look, and it has a client now
"""

import errno
import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                with socket.socket() as probe:
                    probe.settimeout(0.2)
                    if probe.connect_ex(address) == 0:
                        error.add_note("somebody is listening there")
            raise
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
