"""Right: makefile() and codecs.iterdecode() for reading, and a thread that throws away what the server sends during talk()."""

import codecs
import contextlib
import socket
import threading
from collections.abc import Callable, Iterable

REFUSED = "nobody listens at %s"


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    """Greet and show one client after the other, for ever."""
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue
        with conn, contextlib.ExitStack() as stack:
            conn.settimeout(None)
            raw = stack.enter_context(conn.makefile("rwb", buffering=0))
            try:
                greeting = f"welcome, {host} port {port}\n".encode()
                while greeting:
                    greeting = greeting[raw.write(greeting) :]
            except OSError:
                continue
            pieces = codecs.iterdecode(iter(lambda: raw.read(4096), b""), "utf-8", "replace")
            while True:
                try:
                    text = next(pieces)
                except (StopIteration, OSError):
                    break
                show(text)


def drain(client: socket.socket, errors: list[OSError]) -> None:
    """Throw away input until its end; note an error."""
    try:
        while client.recv(65536):
            pass
    except OSError as error:
        errors.append(error)


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    """Read the greeting, send all messages, end the stream; return the greeting."""
    with socket.socket() as client:
        client.settimeout(None)
        try:
            client.connect(address)
        except ConnectionRefusedError:
            raise ConnectionRefusedError(REFUSED % (address,)) from None
        with client.makefile("rb") as reader:
            line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("the server ended before the end of its greeting")
        greeting = line[:-1].decode()
        errors: list[OSError] = []
        thread = threading.Thread(target=drain, args=(client, errors), daemon=True)
        thread.start()
        try:
            for message in messages:
                client.sendall(message.encode())
            client.shutdown(socket.SHUT_WR)
            thread.join()
        except BaseException:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            thread.join()
            raise
        if errors:
            raise errors[0]
        return greeting
