"""1.7 broken pipe on second send: the news of a dead peer comes one send late, in two disguises.

send(2), EPIPE: the local end has been shut down, as a RST does; ECONNRESET is
told once, if the RST is news. Python ignores SIGPIPE (Python docs, signal),
so that an exception arrives and the process lives.
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken.

    Returns how many messages the kernel took whole. Raises OSError for an
    error that is no broken connection, and what `messages` raises.
    """
    taken = 0
    for message in messages:
        # The try holds the send alone: an error of `messages` has nothing to do with this connection.
        try:
            # One send() may take a part; sendall() goes on until all is taken, or raises.
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            # After a FIN it is EPIPE, after a RST it is ECONNRESET. Once broken it stays so: stop here.
            return taken
        # Only now has the kernel taken it whole.
        taken += 1
    return taken
