"""6.3 asyncio wants nonblocking sockets: readiness is for the selector to wait for, not for recv().

Python documentation, asyncio event loop, "Working with socket objects directly": the
socket must be non-blocking. sock_recv() tries recv() first and goes to the selector
only when that raises BlockingIOError, which it never does on any other socket.
"""

import asyncio
import socket


async def recv_some(sock: socket.socket, n: int) -> bytes:
    """Wait until something has arrived on a connected socket, whatever its mode, and return at most n bytes.

    b"" is the end of the stream. Raises OSError if the connection has failed, and
    OSError or ValueError if the socket is closed.
    """
    # A socket with a timeout is a blocking one to asyncio: it waits in poll(2) first, in this very thread.
    # The mode stays: to put it back during the wait would bring the trouble back, and after it the next
    # call would have to change it again.
    sock.setblocking(False)
    return await asyncio.get_running_loop().sock_recv(sock, n)
