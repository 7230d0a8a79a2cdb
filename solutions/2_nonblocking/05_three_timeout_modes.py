"""2.5 three timeout modes: the timeout tells all three apart, the flag and getblocking() only two.

Python documentation, socket, "Notes on socket timeouts": a socket in timeout
mode has O_NONBLOCK set as a non-blocking one has. Python tries, and where the
kernel answers EAGAIN it waits in poll(2) until the timeout is over.
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    # The kernel itself holds the thread: recv(2) on a descriptor without O_NONBLOCK.
    "blocking": "sleeps",
    # EAGAIN from the kernel, handed on as it is.
    "non-blocking": "BlockingIOError",
    # Python waited in poll(2) for as long as it may; the kernel never failed a call.
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    """Tell in which mode a socket is, without waiting and without changing it.

    Returns "blocking", "non-blocking" or "timeout".
    """
    timeout = sock.gettimeout()
    # None and 0 are both false and mean opposite things: compare, do not test for truth.
    if timeout is None:
        return "blocking"
    if timeout == 0:
        return "non-blocking"
    # Here O_NONBLOCK is set and getblocking() says True: neither is the whole answer.
    return "timeout"
