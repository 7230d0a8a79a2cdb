"""3.4 writable is the normal state

Writable means that a send would not wait: there is room in the socket's send
buffer. On an idle connection there is always room. If a program asks select() for
room and has nothing to send, select() returns at once, every time.

The program below is wrong. Fix interest(connections), which tells what to wait for.
- Return two lists of sockets, ready to be given to select(): those to watch for
  input, and those to watch for room.
- A connection has two attributes: `sock`, and `pending`, the output that is still to
  be sent. It is a bytearray, and empty most of the time.
- Input may come on any connection, at any time.
- Watch a socket for room if output is pending, whether there is room now or not.
- Put a socket into each list at most once, also if its connection is given twice.
- The lists hold for the moment of the call. Send nothing and change nothing.

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
