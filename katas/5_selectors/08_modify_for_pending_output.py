"""5.8 modify for pending output

A connection can nearly always be written to, so a selector that is asked about it says
so in every turn. WRITE is therefore wanted only while there is output that the socket
did not take, and READ all the time: the peer may send meanwhile.

update_interest(selector, sock, pending) is called whenever output may have been added
or sent. Afterwards the selector watches sock for READ and WRITE if output is pending,
and for READ alone if none is. sock is registered, for READ at least, and open; it stays
registered, with the same object and the same data. It may be said again, and other
registrations do not change. A socket that is not registered, open or closed, raises
KeyError, and stays so too.

What is registered the selector knows: others may change it between the calls.

The program below is wrong in several ways. Fix it.

Document: not in it; program 5 sends in its callback, and waits there until the peer
has room.
"""

import selectors
import socket

waiting: set[socket.socket] = set()  # those with output pending


def update_interest(selector: selectors.BaseSelector, sock: socket.socket, pending: bool) -> None:
    """Let the selector watch a registered socket for READ, and for WRITE too if output is pending.

    Raises KeyError if sock is not registered.
    """
    key = selector.get_key(sock)
    if pending and sock not in waiting:
        selector.modify(sock, selectors.EVENT_WRITE)
        waiting.add(sock)
    elif not pending:
        key._replace(events=selectors.EVENT_READ)
