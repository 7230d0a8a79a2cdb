"""select on descriptor numbers; hears whatever is said, and keeps it for as long as it takes."""

import os
import select
import socket
from collections.abc import Callable


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
                    conn, (host, port) = listener.accept()
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


def repeats(listener: socket.socket, turns: int) -> int:
    return sum(len(select.select([listener], [], [], 0.0)[0]) for _ in range(turns))
