"""3.2 readable listener

A listener is readable while a connection waits in its queue. That was true when
select() looked. Other threads or processes may accept from the same queue, and be
quicker: then accept() finds nobody.

The program below is wrong. Fix accept_ready(listener, timeout).
- Wait at most `timeout` seconds for one client, and return the connection to it.
- 0 seconds mean: look once.
- Return None if nobody comes in that time, and also if somebody else has taken the
  client that was there.
- The timeout holds for the whole call, however many clients come and are taken by
  others meanwhile.
- Return the connection of a client that has reset before it was accepted like any
  other, where the system still has it in the queue: the next read shows the reset.
- Let every error of the listener propagate.
- The listener is blocking, non-blocking or has a timeout. It is in the same mode
  again afterwards, however the call ends.

Document: programs 3 and 4, which call accept() because select() named the
listener.
"""

import select
import socket


def accept_ready(listener: socket.socket, timeout: float) -> socket.socket | None:
    """Accept one client, waiting no longer than `timeout` seconds for it.

    Returns the connection, which the caller closes; None if nobody came in time
    or the client was taken by others. Raises OSError or ValueError if the
    listener cannot accept.
    """
    try:
        readable, _, _ = select.select([listener], [], [], timeout or None)
        if listener in readable:
            conn, _ = listener.accept()
            listener.setblocking(True)
            print("connected:", conn.getpeername())
            return conn
    except Exception as error:
        print("nobody is there:", error)
    return None
