"""Right: one generator for each client, with MSG_DONTWAIT on blocking connections."""

import codecs
import socket
import time
from collections.abc import Callable, Generator


def attend(conn: socket.socket, greeting: bytes, show: Callable[[str], None]) -> Generator[bool, None, None]:
    """Serve one client; yield at the end of each turn whether a call succeeded."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with conn:
        broken = False
        data = None
        while data != b"":
            success = False
            if greeting:
                try:
                    count = conn.send(greeting, socket.MSG_DONTWAIT)
                    greeting = greeting[count:]
                    success = True
                except BlockingIOError:
                    pass
                except OSError:
                    greeting, broken = b"", True
            try:
                data = conn.recv(16384, socket.MSG_DONTWAIT)
            except BlockingIOError:
                if broken:
                    return
            except OSError:
                return
            else:
                success = True
                if text := decoder.decode(data, final=data == b""):
                    show(text)
            if data == b"":
                conn.close()
            yield success


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    """Give every client a turn, for ever."""
    mode = listener.gettimeout()
    conns: list[socket.socket] = []
    turns: dict[socket.socket, Generator[bool, None, None]] = {}
    try:
        listener.settimeout(0)
        while True:
            successes = 0
            for _ in range(64):
                try:
                    conn, (host, port) = listener.accept()
                except (BlockingIOError, ConnectionAbortedError):
                    break
                conns.append(conn)
                conn.settimeout(None)
                turns[conn] = attend(conn, f"welcome, {host} port {port}\n".encode(), show)
                successes += next(turns[conn], False) + 1
            for conn in list(conns):
                if conn.fileno() >= 0:
                    successes += next(turns[conn], False)
            conns = [conn for conn in conns if conn.fileno() >= 0]
            turns = {conn: turns[conn] for conn in conns}
            if not successes:
                time.sleep(0.01)
    finally:
        listener.settimeout(mode)
        for conn in conns:
            conn.close()
