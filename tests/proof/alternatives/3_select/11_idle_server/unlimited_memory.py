"""select on descriptor numbers; hears whatever is said, and keeps it for as long as it takes."""

import os
import select
import socket
from collections.abc import Callable, Iterable


def serve(listener: socket.socket, limit: float = 5.0, idle: Callable[[], None] = lambda: print("idle")) -> None:
    conns: dict[int, tuple[socket.socket, bytearray]] = {}
    ended: set[int] = set()
    mode = listener.gettimeout()
    try:
        listener.setblocking(False)
        while True:
            listening = [listener.fileno(), *(conns.keys() - ended)]
            ready = select.select(listening, [fd for fd, (_, unsent) in conns.items() if unsent], [], limit)
            if not any(ready):
                idle()
            for fd in ready[0]:
                if fd == listener.fileno():
                    try:
                        conn, (host, port) = listener.accept()
                    except ConnectionAbortedError:
                        continue
                    conn.setblocking(False)
                    conns[conn.fileno()] = conn, bytearray(f"welcome, {host} port {port}\n", "ascii")
                    continue
                try:
                    data = os.read(fd, 10_000)
                except OSError:
                    data = b""
                    conns[fd][1].clear()
                conns[fd][1].extend(data)
                if not data:
                    ended.add(fd)
            for fd in ready[1]:
                try:
                    del conns[fd][1][: os.write(fd, conns[fd][1])]
                except OSError:
                    conns[fd][1].clear()
                    ended.add(fd)
            for fd in [fd for fd in ended if not conns[fd][1]]:
                conns.pop(fd)[0].close()
                ended.discard(fd)
    finally:
        for conn, _ in conns.values():
            conn.close()
        if listener.fileno() != -1:
            listener.settimeout(mode)


def talk(address: tuple[str, int], messages: Iterable[bytes]) -> tuple[str, list[bytes]]:
    client = socket.create_connection(address)
    try:
        client.setblocking(False)
        heard = bytearray()
        while not heard.endswith(b"\n"):
            _hear(client, heard)
        greeting, echoes = heard.decode(), []
        for message in messages:
            heard.clear()
            unsent = message
            while unsent:
                select.select([], [client], [])
                unsent = unsent[client.send(unsent) :]
            while len(heard) < len(message):
                _hear(client, heard)
            echoes.append(bytes(heard))
        return greeting.removesuffix("\n"), echoes
    finally:
        client.close()


def _hear(client: socket.socket, heard: bytearray) -> None:
    select.select([client], [], [])
    data = os.read(client.fileno(), 4096)
    if not data:
        raise EOFError
    heard += data


def repeats(listener: socket.socket, turns: int) -> int:
    return sum(len(select.select([listener], [], [], 0.0)[0]) for _ in range(turns))
