"""Gives up after half a minute, however long the caller would wait.

caught by: test_undecided_is_etimedout
words: your finish_connect() gave up before the timeout was over
breaks: 3
"""

import errno
import os
import selectors
import socket


def start_connect(address: tuple[str, int]) -> socket.socket:
    """Set a TCP connection to an IPv4 address and port going, without waiting for it.

    Returns the socket, which the caller closes. May raise OSError for an
    error that is known at once.
    """
    sock = socket.socket()
    try:
        # Before connect(): afterwards it would have waited already.
        sock.setblocking(False)
        code = sock.connect_ex(address)
        # EINPROGRESS is no failure but the usual answer: the first segment is on its way.
        # An error known at once leaves no trace in SO_ERROR, so it has to be told here.
        if code not in (0, errno.EINPROGRESS):
            raise OSError(code, os.strerror(code))
    except BaseException:
        sock.close()  # nobody else has it
        raise
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    """Wait at most `timeout` seconds until a connection of start_connect() is decided.

    Returns 0 if it is established, the errno with which it failed, or
    errno.ETIMEDOUT if it is still under way.
    """
    with selectors.DefaultSelector() as selector:
        # Writable, not readable: a good connection has nothing to read until the peer sends.
        selector.register(sock, selectors.EVENT_WRITE)
        if not selector.select(min(timeout, 30)):
            # Here SO_ERROR is 0 too, because nothing has failed yet.
            return errno.ETIMEDOUT
    # Writable means decided, not connected: a refused socket is writable as well.
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
