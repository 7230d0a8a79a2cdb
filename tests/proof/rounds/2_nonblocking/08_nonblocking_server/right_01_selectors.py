"""Right: selectors in place of the sleep, recv_into() one buffer, and write interest only while a greeting has a rest."""

import codecs
import selectors
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

BOTH = selectors.EVENT_READ | selectors.EVENT_WRITE


def new_decoder() -> codecs.IncrementalDecoder:
    """Return a decoder of one client's text."""
    return codecs.getincrementaldecoder("utf-8")("replace")


@dataclass
class State:
    """What is known of a client."""

    rest: bytes
    decoder: codecs.IncrementalDecoder = field(default_factory=new_decoder)
    broken: bool = False


def push(conn: socket.socket, state: State) -> None:
    """Send what there is room for."""
    try:
        state.rest = state.rest[conn.send(state.rest) :]
    except BlockingIOError:
        pass
    except OSError:
        state.rest = b""
        state.broken = True


def pull(conn: socket.socket, state: State, buffer: memoryview, show: Callable[[str], None]) -> bool:
    """Show what has come; return whether there may be more."""
    try:
        count = conn.recv_into(buffer)
    except BlockingIOError:
        return not state.broken
    except OSError:
        return False
    text = state.decoder.decode(bytes(buffer[:count]), final=count == 0)
    if text:
        show(text)
    return count > 0


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    """Serve every client that is ready, for ever."""
    buffer = memoryview(bytearray(32768))
    mode = listener.gettimeout()
    clients: dict[socket.socket, State] = {}
    selector = selectors.DefaultSelector()
    try:
        listener.setblocking(False)
        selector.register(listener, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is listener:
                    try:
                        conn, (host, port) = listener.accept()
                    except (BlockingIOError, ConnectionAbortedError):
                        continue
                    clients[conn] = state = State(f"welcome, {host} port {port}\n".encode())
                    conn.setblocking(False)
                    selector.register(conn, BOTH)
                else:
                    conn = key.fileobj
                    state = clients[conn]
                if state.rest:
                    push(conn, state)
                if not pull(conn, state, buffer, show):
                    selector.unregister(conn)
                    del clients[conn]
                    conn.close()
                elif not state.rest and not state.broken:
                    selector.modify(conn, selectors.EVENT_READ)
    finally:
        try:
            for conn in clients:
                conn.close()
            selector.close()
        finally:
            listener.settimeout(mode)
