"""3.2 readable listener

A listener is readable while a connection waits in its queue. That was true when
select() looked. Others may listen on the same queue, threads or processes, and
be quicker: then accept() finds nobody.

accept_ready(listener, timeout) shall wait for one client, for so many seconds
at most, and return the connection to it. It returns None if nobody comes in that
time, and also if somebody else has taken the client that was there. 0 seconds
mean: look once. The time holds for the whole call, however many clients come
and are taken by others meanwhile.

A client that has reset its connection before it was accepted is handed out all
the same, where the system still has it in the queue: whoever reads will see.
Every error of the listener propagates to the caller. The listener comes in any
mode, blocking or not or with a timeout, and is in the same mode again
afterwards, however the call ends.

The program is there, and wrong. Fix it.

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
