"""2.6 MSG_DONTWAIT is per call: what holds for this look alone goes into its flags.

recv(2): MSG_DONTWAIT is like O_NONBLOCK, "but applies to this call only";
MSG_PEEK leaves what it returns in the queue. fcntl(2): O_NONBLOCK belongs to
the open file description, so every duplicate of the descriptor has it too.

Only for blocking sockets: on one with a Python timeout, Python waits for
readiness by itself before it makes the call, whatever the flags are.
"""

import socket


def peek_now(sock: socket.socket, n: int) -> bytes | None:
    """Look at up to `n` bytes of a blocking socket's input, n > 0, without waiting.

    Returns the bytes, which stay in the receive queue; b"" at the end of the
    stream; None if nothing has arrived. Raises OSError if the connection has
    failed.
    """
    try:
        # One call looks and decides. Asking first whether there is input (select, FIONREAD)
        # would leave a gap in which another reader can take it.
        return sock.recv(n, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        # EAGAIN alone means "not yet". b"" is the end, and a reset is an error: both get out.
        return None
