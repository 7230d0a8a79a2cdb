"""3.4 writable is the normal state: wait for room only while there is something to put there.

poll(2), POLLOUT: "Writing is now possible, though a write larger than the available
space in a socket or pipe will still block". It is a state and no event, and lasts as
long as the buffer has room: waiting for it with nothing to send is a busy loop.
"""

import socket
from typing import Protocol


class Connection(Protocol):
    """What interest() needs to know of a connection."""

    sock: socket.socket
    pending: bytearray


def interest(connections: list[Connection]) -> tuple[list[socket.socket], list[socket.socket]]:
    """Choose what to watch for input, and what for room to send.

    Returns the readers and the writers, each socket at most once in either list.
    """
    # Input is welcome at any time. A peer that is busy sending may not read our output
    # until we have read its own: whoever stops reading here can wait for ever.
    # A dict keeps the order and each socket once, whoever names it twice.
    readers = dict.fromkeys(connection.sock for connection in connections)
    # Decided for each connection by itself, and anew in every turn of the loop: once the
    # output has gone, the socket is writable all the time and must not be asked about.
    writers = dict.fromkeys(connection.sock for connection in connections if connection.pending)
    return list(readers), list(writers)
