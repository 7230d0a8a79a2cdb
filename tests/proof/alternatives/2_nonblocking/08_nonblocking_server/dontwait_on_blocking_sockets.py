"""Leaves the connections in blocking mode and says with each call that it may not wait."""

import codecs
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress

Client = tuple[socket.socket, bytearray, codecs.IncrementalDecoder]


def _send(conn: socket.socket, unsent: bytearray) -> bool:
    if not unsent:
        return False
    try:
        del unsent[: conn.send(unsent, socket.MSG_DONTWAIT)]
    except BlockingIOError:
        return False
    return True


def _drain(conn: socket.socket) -> tuple[bytes, bool]:
    """What is there, 4 KiB at most, and whether the end came after it."""
    data = b""
    try:
        while piece := conn.recv(512, socket.MSG_DONTWAIT):
            data += piece
            if len(data) >= 4096:  # one that never stops would keep the others waiting
                return data, False
    except BlockingIOError:
        return data, False
    except OSError:
        pass
    return data, True


def _close(clients: list[Client]) -> None:
    for conn, _, _ in clients:
        conn.close()


def _round(listener: socket.socket, clients: list[Client], show: Callable[[str], None]) -> bool:
    worked = False
    with suppress(BlockingIOError, ConnectionAbortedError):
        while True:
            conn, (host, port) = listener.accept()
            greeting = bytearray(f"welcome, {host} port {port}\n", "utf-8")
            clients.append((conn, greeting, codecs.getincrementaldecoder("utf-8")("replace")))
            worked = True
    for client in reversed(clients[:]):
        conn, unsent, decoder = client
        over = False
        try:
            worked |= _send(conn, unsent)
        except OSError:
            over = True
        data, ended = _drain(conn)
        if text := decoder.decode(data, final=ended or over):
            show(text)
        if ended or over:
            clients.remove(client)
            conn.close()
        worked |= bool(data) or ended or over
    return worked


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    clients: list[Client] = []
    with ExitStack() as stack:
        stack.callback(_close, clients)
        if listener.getblocking():
            stack.callback(listener.settimeout, listener.gettimeout())
            listener.setblocking(False)
        while True:
            if not _round(listener, clients, show):
                time.sleep(0.005)
