"""Closes the connections that it returns, with the listener.

caught by: test_clients_in_the_queue_are_taken_first
words: returned one that is closed
"""

import asyncio
import contextlib
import socket

PIECE = 65536


def stop_accepting(listener):
    accepted = []
    with listener:
        listener.setblocking(False)
        try:
            while True:
                with contextlib.suppress(ConnectionAbortedError):
                    accepted.append(listener.accept()[0])
        except BlockingIOError:
            for conn in accepted:
                conn.close()
            return accepted
        except OSError:
            for conn in accepted:
                conn.close()
            raise


async def _echo(conn):
    loop = asyncio.get_running_loop()
    conn.setblocking(False)
    with conn, contextlib.suppress(OSError):
        while data := (await loop.sock_recv(conn, PIECE)):
            await loop.sock_sendall(conn, data)


async def _serve(listener, stop, grace):
    loop = asyncio.get_running_loop()
    ready = asyncio.Queue()
    clients = {}

    def begin(conn):
        task = loop.create_task(_echo(conn))
        clients[task] = conn
        task.add_done_callback(clients.pop)

    for sock in (listener, stop):
        loop.add_reader(sock, ready.put_nowait, sock)
    try:
        try:
            while await ready.get() is not stop:
                try:
                    begin(listener.accept()[0])
                except (BlockingIOError, ConnectionAbortedError):
                    continue
        finally:
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
            conn.close()


def serve(listener, stop, grace=5.0):
    listener.setblocking(False)
    asyncio.run(_serve(listener, stop, grace))
