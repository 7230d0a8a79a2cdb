"""Makes room for many descriptors and uses the first one: the others stay open, unseen.

caught by: test_two_descriptors_are_an_error
words: two descriptors came with one byte, and the caller never finds out
"""

import os
import socket


def send_listener(channel: socket.socket, listener: socket.socket) -> None:
    """Send one byte over `channel`, and with it a descriptor for the listener.

    Raises OSError if the channel or the listener fails.
    """
    socket.send_fds(channel, [b"\0"], [listener.fileno()])


def receive_listener(channel: socket.socket) -> socket.socket:
    """Wait for a listener on `channel` and return it.

    Raises EOFError at the end of the channel, ValueError if what comes is not
    one listener, and OSError if the channel fails; nothing is left open.
    """
    # One byte and no more: what stands behind it on the channel is not ours.
    data, descriptors, flags, _ = socket.recv_fds(channel, 1, 16)
    try:
        if not data:
            raise EOFError("the channel has ended, and no listener has come")
        if flags & socket.MSG_CTRUNC:
            raise ValueError("more than one descriptor has come")
        if not descriptors:
            raise ValueError("a byte has come, and no descriptor with it")
        return _listener(descriptors[0])
    except BaseException:
        for fd in descriptors:
            os.close(fd)
        raise


def _listener(fd: int) -> socket.socket:
    """The descriptor as a socket; raises ValueError, and leaves it open, if it is none that listens."""
    try:
        # Without a family and a type Python asks the kernel for them.
        sock = socket.socket(fileno=fd)
    except OSError as error:
        raise ValueError("the descriptor that has come is no socket") from error
    if not sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        sock.detach()  # or the object would close it a second time
        raise ValueError("the socket that has come does not listen")
    # MSG_CMSG_CLOEXEC would do this on the way in, but recv_fds() does not hand its flags on (Python 3.10 to 3.13).
    sock.set_inheritable(False)
    # A new object takes itself for blocking, whatever the kernel says. Telling it changes nothing for the others.
    sock.setblocking(os.get_blocking(fd))
    return sock
