"""Names the socket of a connection as often as the connection is given.

caught by: test_a_socket_stands_once_in_each_list
words: the same socket stood twice
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
    readers = [connection.sock for connection in connections]
    # Decided for each connection by itself, and anew in every turn of the loop: once the
    # output has gone, the socket is writable all the time and must not be asked about.
    writers = [connection.sock for connection in connections if connection.pending]
    return readers, writers
