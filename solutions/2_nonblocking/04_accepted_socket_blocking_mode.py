"""2.4 accepted socket blocking mode: never inherited on Linux, so always set it yourself.

accept(2), Notes: on Linux the new socket does not inherit O_NONBLOCK from the
listener; the BSDs do it, and portable programs rely on neither. Python docs,
"Timeouts and the accept method": the mode of the new socket depends on the
default timeout, on the listener's timeout and on the system.
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    """Accept one connection and make it non-blocking.

    Returns the connection, which the caller closes, and the address of the
    other end as accept() gives it. Raises what accept() raises: OSError, among
    them BlockingIOError and TimeoutError, as the listener's mode has it.
    """
    conn, (host, port) = listener.accept()
    # On the new socket, not on the listener: each has a mode of its own. And through the object: it sets O_NONBLOCK
    # and notes a timeout of 0. os.set_blocking() would set the flag behind Python's back.
    conn.setblocking(False)
    return conn, (host, port)
