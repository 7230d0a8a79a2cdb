"""1.10 address in use: SO_REUSEADDR, before bind(), on every listener.

socket(7): with SO_REUSEADDR a socket may bind an address "except when there is
an active listening socket bound to the address". Linux asks the option of both:
the new socket and the one that holds the address. A connection has it from the
listener that accepted it, so the server must have set it the first time as well.
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    """Open a listener on `address`; port 0 lets the kernel choose one.

    Returns the listening socket; the caller closes it. Raises OSError if the
    address cannot be had, with EADDRINUSE if somebody is listening on it.
    """
    # socket.create_server(address) does all of this on Linux and macOS.
    listener = socket.socket()
    try:
        # bind() is what refuses, so the option has to be there before. On Windows the same
        # name means another thing: there it lets two sockets share a live address.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError:
        # The caller gets the error and never sees the socket.
        listener.close()
        raise
    return listener
