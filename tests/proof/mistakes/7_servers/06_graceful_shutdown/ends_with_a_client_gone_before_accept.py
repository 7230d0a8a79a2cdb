"""Skips in stop_accepting() who was gone before, and ends serve() for such a client.

caught by: test_a_reset_is_the_end_of_one_client_alone
words: one client was gone before accept() returned
"""

import asyncio
import contextlib
import socket

PIECE = 65536  # bytes that are read from one connection at a time


def stop_accepting(listener: socket.socket) -> list[socket.socket]:
    """Take what waits in the accept queue, in order, and close the listener.

    The caller closes the connections. Raises OSError for any failure other
    than an empty queue.
    """
    accepted: list[socket.socket] = []
    with listener:
        # accept() on a blocking listener would end this loop when somebody new comes, and not before.
        listener.setblocking(False)
        try:
            while True:
                with contextlib.suppress(ConnectionAbortedError):
                    accepted.append(listener.accept()[0])
        except BlockingIOError:
            return accepted
        except OSError:
            # The caller gets the error and not the list: nobody else can close them.
            for conn in accepted:
                conn.close()
            raise


async def _echo(conn: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    conn.setblocking(False)
    # A reset is the end of this client, and of no other.
    with conn, contextlib.suppress(OSError):
        # The next piece is read when the last one has gone out: so much is kept for a client, and no more.
        while data := await loop.sock_recv(conn, PIECE):
            await loop.sock_sendall(conn, data)


async def _serve(listener: socket.socket, stop: socket.socket, grace: float) -> None:
    loop = asyncio.get_running_loop()
    ready: asyncio.Queue[socket.socket] = asyncio.Queue()
    clients: dict[asyncio.Task[None], socket.socket] = {}

    def begin(conn: socket.socket) -> None:
        task = loop.create_task(_echo(conn))
        clients[task] = conn
        task.add_done_callback(clients.pop)

    for sock in (listener, stop):
        loop.add_reader(sock, ready.put_nowait, sock)
    try:
        try:
            while await ready.get() is not stop:
                try:
                    # Not sock_accept(): cancelled in the wrong moment it loses the client that it has accepted.
                    begin(listener.accept()[0])
                except BlockingIOError:
                    continue  # readiness is level-triggered, and was reported more than once; or somebody was faster
        finally:
            # `stop` stays readable: asked for any longer it would wake the loop all the time.
            loop.remove_reader(stop)
            loop.remove_reader(listener)
        for conn in stop_accepting(listener):
            begin(conn)
        if clients:
            await asyncio.wait(clients, timeout=grace)
    finally:
        late = dict(clients)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        for conn in late.values():
            conn.close()  # a task that is cancelled before its first step never gets to do this itself


def serve(listener: socket.socket, stop: socket.socket, grace: float = 5.0) -> None:
    """Echo until `stop` is readable, then until the last client has ended, but at most `grace` seconds longer.

    The listener is closed by then. Raises OSError or ValueError if it fails.
    """
    listener.setblocking(False)
    asyncio.run(_serve(listener, stop, grace))
