"""Passes on the bytes of both sides, and the end of the first one alone.

caught by: test_one_end_is_passed_on_and_the_other_direction_goes_on
words: one side ended, and your relay did not pass the end on to the other
"""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Iterable

PIECE = 65536  # bytes that are in the relay at most, in each direction


async def _one_way(source: socket.socket, sink: socket.socket, tell: bool) -> None:
    loop = asyncio.get_running_loop()
    while data := await loop.sock_recv(source, PIECE):
        await loop.sock_sendall(sink, data)
    # Only now: everything that came before the end has gone out. The kernel keeps the order from here on.
    if tell:
        sink.shutdown(socket.SHUT_WR)


async def _both_ways(a: socket.socket, b: socket.socket) -> None:
    a.setblocking(False)
    b.setblocking(False)
    # A reset is the end of both directions, whichever call it shows in.
    with a, b, contextlib.suppress(OSError):
        await _together(_one_way(a, b, True), _one_way(b, a, False))


async def _together(*coroutines: Awaitable[None]) -> None:
    """Wait for all, or for the first that fails; what then still runs is cancelled and waited for."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        # gather() raises the first error and leaves the others running, with a socket that we want to close.
        await asyncio.gather(*tasks)
    finally:
        await _cancel(tasks)


async def _cancel(tasks: Iterable[asyncio.Future[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def relay(a: socket.socket, b: socket.socket) -> None:
    """Pass on everything between two connected sockets until both have ended; closes both."""
    asyncio.run(_both_ways(a, b))


async def _client(client: socket.socket, upstream: tuple[str, int]) -> None:
    # If nobody is there, or no descriptor for a second socket, it is this client's bad luck, and no other's. What
    # stands to the left of suppress() is not covered by it.
    with client, contextlib.suppress(OSError), socket.socket() as server:
        server.setblocking(False)
        await asyncio.get_running_loop().sock_connect(server, upstream)
        await _both_ways(client, server)


async def _until(stop: socket.socket, listener: socket.socket, upstream: tuple[str, int]) -> None:
    loop = asyncio.get_running_loop()
    ready: asyncio.Queue[socket.socket] = asyncio.Queue()
    clients: dict[asyncio.Future[None], socket.socket] = {}
    for sock in (listener, stop):
        loop.add_reader(sock, ready.put_nowait, sock)
    try:
        while await ready.get() is not stop:
            try:
                # Not sock_accept(): whoever cancels it may lose the client that it has just accepted.
                client, _ = listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                # Readiness is level-triggered, and was reported more than once; somebody else was faster; or the
                # client was gone before (accept(2), ECONNABORTED).
                continue
            task = asyncio.ensure_future(_client(client, upstream))
            clients[task] = client
            task.add_done_callback(clients.pop)
    finally:
        late = dict(clients)
        await _cancel(late)
        for client in late.values():
            client.close()  # a task that is cancelled before its first step never gets to do this itself


def serve(listener: socket.socket, stop: socket.socket, upstream: tuple[str, int]) -> None:
    """Relay every client of a listener to `upstream`, a host and a port, until `stop` is readable.

    Raises OSError or ValueError if the listener fails; no connection is left open.
    """
    mode = listener.gettimeout()
    listener.setblocking(False)
    try:
        asyncio.run(_until(stop, listener, upstream))
    finally:
        listener.settimeout(mode)
