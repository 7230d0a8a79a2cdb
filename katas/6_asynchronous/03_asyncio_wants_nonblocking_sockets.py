"""6.3 asyncio wants nonblocking sockets

loop.sock_recv() relies on a non-blocking socket, and asyncio checks that only in debug
mode. With any other socket all goes well while data is there already. When none is, the
thread of the event loop falls asleep in recv(), and every task with it.

Fix recv_some(sock, n), which receives from a connected socket in any mode: blocking,
non-blocking or with a timeout. The one below works as long as data is there. Somebody has
patched it three times: for debug mode, for a program that stood still, and for a client
that went away.
- Wait for as long as it takes; a timeout of the socket does not count here. Meanwhile the
  other tasks of the loop go on. While there is nothing to do the thread sleeps.
- Readiness is a hint: if somebody else takes the bytes first, wait on.
- Return what recv() returns, and let the errors of recv() propagate.
- It works the same in debug mode.
- After it has returned nobody watches the socket any more.

Open: in which mode the socket is then.

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
