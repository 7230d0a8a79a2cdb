"""Sleeps in select until somebody has something for it; the calls after that are non-blocking all the same."""

import codecs
import select
import socket
from collections.abc import Callable


def _step(conn: socket.socket, unsent: dict[socket.socket, bytes]) -> bytes | None:
    if unsent[conn]:
        try:
            unsent[conn] = unsent[conn][conn.send(unsent[conn]) :]
        except BlockingIOError:
            pass
        except OSError:
            return b""
    try:
        return conn.recv(4096)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    mode = listener.gettimeout()
    unsent: dict[socket.socket, bytes] = {}
    decoders: dict[socket.socket, codecs.IncrementalDecoder] = {}
    try:
        listener.settimeout(0)
        while True:
            waiting = [conn for conn in unsent if unsent[conn]]
            ready, _, _ = select.select([listener, *unsent], waiting, [])
            if listener in ready:
                try:
                    conn, address = listener.accept()
                    conn.settimeout(0)
                    unsent[conn] = "welcome, {} port {}\n".format(*address).encode()
                    decoders[conn] = codecs.getincrementaldecoder("utf-8")("replace")
                except (BlockingIOError, ConnectionAbortedError):
                    pass
            for conn in list(unsent):
                data = _step(conn, unsent)
                if data is not None:
                    show(decoders[conn].decode(data, not data))
                if data == b"":
                    del unsent[conn], decoders[conn]
                    conn.close()
    finally:
        for conn in unsent:
            conn.close()
        if listener.fileno() >= 0:
            listener.settimeout(mode)
