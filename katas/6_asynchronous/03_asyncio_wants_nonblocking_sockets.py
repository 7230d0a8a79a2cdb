"""6.3 asyncio wants nonblocking sockets

loop.sock_recv() relies on a non-blocking socket, and only in debug mode does asyncio
look whether it has one. With any other socket all goes well as long as data is there
already; when none is, the thread of the event loop falls asleep in recv(), and every
task with it.

recv_some(sock, n) is to receive from a connected socket in any mode: blocking,
non-blocking or with a timeout. It waits for as long as it takes, a timeout of the
socket does not count here, and meanwhile the other tasks of the loop go on. While
there is nothing to do the thread sleeps. Readiness is a hint: if somebody else takes the
bytes first, it waits on. What it returns is what recv() returns, and the errors of recv()
propagate. It works the same in debug mode, and after its return
nobody watches the socket any more. In which mode the socket is then is open.

The one below works for whoever tries it with data at hand. It has been made to work
three times: once for debug mode, once for a program that stood still, once for a
client that went away. Fix it.

Document: beyond it; its last program is said to be asynchronous and has blocking
connections.
"""

import asyncio
import socket


async def recv_some(sock: socket.socket, n: int) -> bytes:
    """Wait until something has arrived on a connected socket, whatever its mode, and return at most n bytes.

    b"" is the end of the stream. Raises OSError if the connection has failed, and
    OSError or ValueError if the socket is closed.
    """
    loop = asyncio.get_running_loop()
    if loop.get_debug():
        # ValueError: the socket must be non-blocking
        loop.set_debug(False)
    if sock.gettimeout() is None:
        # so that nobody stands still for ever
        sock.settimeout(5)
    try:
        return await loop.sock_recv(sock, n)
    except OSError:
        return b""
