"""5.8 modify for pending output: READ always, WRITE while there is something to write.

Python documentation, selectors, "BaseSelector.modify": equivalent to unregister()
followed by register(), so everything has to be said again, the data among it.
"""

import selectors
import socket


def update_interest(selector: selectors.BaseSelector, sock: socket.socket, pending: bool) -> None:
    """Let the selector watch a registered socket for READ, and for WRITE too if output is pending.

    Raises KeyError if sock is not registered.
    """
    # The key is read for its data only. Whether WRITE is on need not be known, or remembered:
    # modify() sees itself when nothing changes, and does not trouble the kernel then.
    try:
        data = selector.get_key(sock).data
    except ValueError:  # a closed socket has no number to look under
        raise KeyError(f"{sock!r} is not registered") from None
    # READ stays: a peer that waits for our input to be read may be the one that does not read ours.
    events = selectors.EVENT_READ | selectors.EVENT_WRITE if pending else selectors.EVENT_READ
    # The socket and not its number: some classes put into the new key what they are given here.
    # And the data again, because without it the new key has None.
    selector.modify(sock, events, data)
