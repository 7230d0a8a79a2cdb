"""Of the kind with one generator for each client, which yields what it has heard, and a round over all of them."""

import codecs
import contextlib
import socket
import time
from collections.abc import Callable, Iterator

Step = tuple[bool, str]  # whether a call succeeded, and what there is to show


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    before = listener.gettimeout()
    sessions: dict[socket.socket, Iterator[Step]] = {}
    try:
        listener.setblocking(False)
        while True:
            idle = True
            with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
                conn, address = listener.accept()
                sessions[conn] = session(conn, address)
                idle = False
            for conn, steps in list(sessions.items()):
                step = next(steps, None)
                if step is None:
                    conn.close()
                    del sessions[conn]
                    continue
                success, text = step
                if success:
                    idle = False
                if text:
                    show(text)
            if idle:
                time.sleep(0.01)
    finally:
        for conn in sessions:
            conn.close()
        if listener.fileno() != -1:
            listener.settimeout(before)


def session(conn: socket.socket, address: tuple) -> Iterator[Step]:
    """Yield once a round; end when the client has ended or is gone."""
    conn.setblocking(False)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    rest = "welcome, {} port {}\n".format(*address).encode()
    broken = False
    while True:
        success = False
        if rest and not broken:
            try:
                sent = conn.send(rest)
                rest = rest[sent:]
                success = True
            except BlockingIOError:
                pass
            except OSError:
                broken = True  # read what it has said before
        try:
            data = conn.recv(2048)
        except BlockingIOError:
            if broken:
                return
            yield success, ""
            continue
        except OSError:
            if success:
                yield True, ""
            return
        yield True, decoder.decode(data, final=not data)
        if not data:
            return
