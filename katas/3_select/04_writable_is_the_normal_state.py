"""3.4 writable is the normal state

Writable means that a send would not wait: there is room in the socket's send
buffer. On a connection that is idle there is always room. Whoever asks select()
for room without having anything to send is answered at once, every time.

interest(connections) shall tell what to wait for: it returns two lists of
sockets, those to watch for input and those to watch for room, ready to be given
to select(). A connection has two attributes: `sock`, and `pending`, the output
that is still to be sent, as a bytearray, which is empty most of the time.

Input may come on any connection, at any time. Room is worth waiting for where
output is pending, whether there is room just now or not. A socket stands at most
once in each list, also when its connection is given twice. The lists hold for
the moment of the call; interest() sends nothing and changes nothing.

The program is there, and wrong. Fix it.

Document: program 3 mentions the second list in a comment; none of the programs
uses it.
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
    readers = []
    writers = []
    for connection in connections:
        writers.append(connection.sock)
        if not connection.pending:
            readers.append(connection.sock)
    return readers, writers
