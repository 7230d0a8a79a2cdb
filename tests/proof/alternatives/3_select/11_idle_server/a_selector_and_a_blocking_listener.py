"""A selector; the interest of each connection is worked out anew after each event. The listener stays as it is."""

import selectors
import socket
from collections.abc import Callable, Iterable


class Talk:
    def __init__(self, conn: socket.socket, greeting: bytes) -> None:
        self.conn = conn
        self.rest = greeting
        self.over = False

    def step(self, mask: int) -> None:
        if mask & selectors.EVENT_READ:
            data = self.conn.recv(4096)
            self.over = not data
            self.rest += data
        if mask & selectors.EVENT_WRITE:
            self.rest = self.rest[self.conn.send(self.rest) :]

    def interest(self) -> int:
        reads = 0 if self.over or len(self.rest) > 100_000 else selectors.EVENT_READ
        return reads | (selectors.EVENT_WRITE if self.rest else 0)


def _say_so() -> None:
    print("quiet")


def _turn(selector: selectors.BaseSelector, key: selectors.SelectorKey, mask: int) -> None:
    if key.data is None:
        assert isinstance(key.fileobj, socket.socket) or hasattr(key.fileobj, "accept")
        try:
            conn, (host, port) = key.fileobj.accept()
        except ConnectionAbortedError:
            return
        conn.settimeout(0)
        talk = Talk(conn, f"welcome, {host} port {port}\n".encode())
        selector.register(conn, talk.interest(), talk)
        return
    talk = key.data
    try:
        talk.step(mask)
    except BlockingIOError:
        pass
    except OSError:
        talk.over, talk.rest = True, b""
    if wanted := talk.interest():
        selector.modify(talk.conn, wanted, talk)
    else:
        selector.unregister(talk.conn)
        talk.conn.close()


def serve(listener: socket.socket, limit: float = 5.0, idle: Callable[[], None] = _say_so) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        try:
            while True:
                found = selector.select(limit)
                for key, mask in found:
                    _turn(selector, key, mask)
                if not found:
                    idle()
        finally:
            for key in list(selector.get_map().values()):
                if key.data is not None:
                    key.data.conn.close()


def talk(address: tuple[str, int], messages: Iterable[bytes]) -> tuple[str, list[bytes]]:
    with socket.create_connection(address) as sock, sock.makefile("rwb") as stream:
        greeting = stream.readline()
        if not greeting.endswith(b"\n"):
            raise EOFError("half a greeting")
        echoes = []
        for message in messages:
            stream.write(message)
            stream.flush()
            echoes.append(stream.read(len(message)))
            if len(echoes[-1]) < len(message):
                raise EOFError("half an echo")
    return str(greeting[:-1], "utf-8"), echoes


def repeats(listener: socket.socket, turns: int) -> int:
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        return [bool(selector.select(0)) for _ in range(turns)].count(True)
