"""Plain functions; what is pending stands in a queue of pieces, and another selector is the server's own."""

import select
import selectors
import socket
from collections import deque
from contextlib import suppress

IN, OUT = selectors.EVENT_READ, selectors.EVENT_WRITE
MOST = 256 << 10


def serve(listener: socket.socket, selector: selectors.BaseSelector | None = None) -> None:
    watched = selectors.PollSelector() if selector is None else selector
    pending: dict[socket.socket, deque[bytes]] = {}
    size: dict[socket.socket, int] = {}
    at_end: set[socket.socket] = set()
    paused: set[socket.socket] = set()
    mode = listener.gettimeout()

    def drop(conn: socket.socket) -> None:
        watched.unregister(conn)
        del pending[conn], size[conn]
        at_end.discard(conn)
        paused.discard(conn)
        conn.close()

    def interest(conn: socket.socket) -> None:
        if size[conn] >= MOST:
            paused.add(conn)
        elif size[conn] < MOST // 2:
            paused.discard(conn)
        wanted = (OUT if pending[conn] else 0) | (0 if conn in at_end | paused else IN)
        if not wanted:
            drop(conn)
        elif wanted != watched.get_key(conn).events:
            watched.modify(conn, wanted, serve_one)

    def pull(conn: socket.socket) -> None:
        buffer = bytearray(30_000)
        with suppress(BlockingIOError):
            count = conn.recv_into(buffer)
            if count:
                pending[conn].append(bytes(buffer[:count]))
                size[conn] += count
            else:
                at_end.add(conn)

    def push(conn: socket.socket) -> None:
        queue = pending[conn]
        with suppress(BlockingIOError):
            while queue:
                count = conn.sendmsg([queue[0]])
                size[conn] -= count
                rest = queue.popleft()[count:]
                if rest:
                    queue.appendleft(rest)

    def serve_one(conn: socket.socket, mask: int) -> None:
        try:
            if mask & OUT:
                push(conn)
            if mask & IN:
                pull(conn)
        except (ConnectionError, TimeoutError):
            drop(conn)
        else:
            interest(conn)

    def welcome(door: socket.socket, mask: int) -> None:
        with suppress(BlockingIOError, ConnectionAbortedError):
            conn = door.accept()[0]
            conn.settimeout(0)
            pending[conn], size[conn] = deque(), 0
            watched.register(conn, IN, serve_one)

    try:
        listener.setblocking(False)
        watched.register(listener, IN, welcome)
        try:
            while True:
                for key, mask in watched.select():
                    callback, thing = key.data, key.fileobj
                    callback(thing, mask)
        finally:
            watched.unregister(listener)
            for conn in list(pending):
                drop(conn)
    finally:
        if watched is not selector:
            watched.close()
        with suppress(OSError):
            listener.settimeout(mode)


def echo(address: tuple[str, int], data: bytes) -> bytes:
    """select() on a blocking socket, and flags on each call."""
    with socket.create_connection(address) as sock:
        came: list[bytes] = []
        sent = 0
        if not data:
            sock.shutdown(socket.SHUT_WR)
        while True:
            readable, writable, _ = select.select([sock], [sock] if sent < len(data) else [], [])
            if readable:
                came.append(sock.recv(30_000, socket.MSG_DONTWAIT))
                if not came[-1]:
                    return b"".join(came)
            if writable:
                with suppress(BlockingIOError):
                    sent += sock.send(data[sent : sent + 30_000], socket.MSG_DONTWAIT)
                if sent == len(data):
                    sock.shutdown(socket.SHUT_WR)
