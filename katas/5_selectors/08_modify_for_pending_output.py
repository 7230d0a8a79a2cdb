"""5.8 modify for pending output

A connection can nearly always be written to, so a selector that watches it for WRITE
reports it in every turn. Ask for WRITE only while there is output that the socket did
not take, and for READ all the time: the peer may send meanwhile.

The program below is wrong in several ways. Fix update_interest(selector, sock,
pending), which is called whenever output may have been added or sent.
- sock is open, and registered for READ at least.
- Afterwards the selector watches it for READ and WRITE if output is pending, and for
  READ alone if none is. It stays registered, with the same object and the same data.
- It may be called again with the same arguments. Other registrations do not change.
- For a socket that is not registered, open or closed, raise KeyError, and leave it
  unregistered.
- Ask the selector what is registered: others may change it between the calls.

Document: program 5 calls send() in its callback, and waits there until the peer has
room.
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
