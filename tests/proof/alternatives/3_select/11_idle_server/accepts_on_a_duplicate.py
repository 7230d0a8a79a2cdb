"""Accepts on a duplicate of the listener; O_NONBLOCK, which both share, is put back."""

import os
import select
import socket
from collections.abc import Callable, Iterable


def nothing_happens() -> None:
    """Say so on the screen."""
    print("nothing happens", flush=True)


def serve(listener: socket.socket, limit: float = 5.0, idle: Callable[[], None] = nothing_happens) -> None:
    callers, listener = listener, listener.dup()
    blocking = os.get_blocking(callers.fileno())
    listener.setblocking(False)
    out = {}
    ended = set()

    def drop(sock):
        sock.close()
        out.pop(sock, None)
        ended.discard(sock)

    try:
        while True:
            readers = [listener] + [s for s in out if s not in ended]
            writers = [s for s in out if out[s]]
            readable, writable, _ = select.select(readers, writers, [], limit)
            if not readable and not writable:
                idle()
                continue
            for sock in readable:
                if sock is listener:
                    try:
                        conn, (host, port) = sock.accept()
                    except (BlockingIOError, ConnectionAbortedError):
                        continue
                    conn.setblocking(False)
                    out[conn] = bytearray(f"welcome, {host} port {port}\n".encode())
                else:
                    try:
                        data = sock.recv(65536)
                    except BlockingIOError:
                        continue
                    except OSError:
                        drop(sock)
                        continue
                    if data:
                        out[sock] += data
                    else:
                        ended.add(sock)
                        if not out[sock]:
                            drop(sock)
            for sock in writable:
                if sock not in out:
                    continue
                try:
                    n = sock.send(out[sock])
                except BlockingIOError:
                    continue
                except OSError:
                    drop(sock)
                    continue
                del out[sock][:n]
                if sock in ended and not out[sock]:
                    drop(sock)
    finally:
        for sock in list(out):
            sock.close()
        os.set_blocking(callers.fileno(), blocking)
        listener.close()


def talk(address: tuple[str, int], messages: Iterable[bytes]) -> tuple[str, list[bytes]]:
    with socket.create_connection(address) as client, client.makefile("rb") as f:
        greeting = f.readline()
        if not greeting.endswith(b"\n"):
            raise EOFError
        echoes = []
        for message in messages:
            client.sendall(message)
            echo = f.read(len(message))
            if len(echo) < len(message):
                raise EOFError
            echoes.append(echo)
        return greeting.decode()[:-1], echoes


def repeats(listener: socket.socket, turns: int) -> int:
    reported = 0
    for _ in range(turns):
        if select.select([listener], [], [], 0)[0]:
            reported += 1
    return reported
