"""After an error of recv() the connection is not closed but left to the garbage collector, which gets it when the next client has been accepted.

caught by: test_a_client_whose_connection_breaks_does_not_end_it
words: conn 1 was never closed
"""

import codecs
import select
import socket
from collections.abc import Callable, Iterable

REFUSED = "nobody listens at %s"


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    """Greet and show one client after the other, for ever."""
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue
        reset = False
        try:
            conn.settimeout(None)
            decoder = codecs.getincrementaldecoder("utf-8")("replace")
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
            except OSError:
                continue
            while True:
                try:
                    data = conn.recv(65536)
                except OSError:
                    reset = True
                    break
                text = decoder.decode(data, final=not data)
                if text:
                    show(text)
                if not data:
                    break
        finally:
            if not reset:
                conn.close()


def send_reading(client: socket.socket, data: bytes) -> None:
    """Send all of data; throw away what comes meanwhile, so that nobody waits for us."""
    rest = memoryview(data)
    events = select.POLLIN | select.POLLOUT
    poller = select.poll()
    poller.register(client, events)
    while rest:
        _, ready = poller.poll()[0]
        if ready & ~select.POLLOUT and events & select.POLLIN:
            try:
                if not client.recv(65536, socket.MSG_DONTWAIT):
                    events = select.POLLOUT
                    poller.modify(client, events)
            except BlockingIOError:
                pass
        if ready & ~select.POLLIN:
            try:
                rest = rest[client.send(rest, socket.MSG_DONTWAIT) :]
            except BlockingIOError:
                pass


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    """Read the greeting, send all messages, end the stream; return the greeting."""
    client = socket.socket()
    try:
        client.settimeout(None)
        try:
            client.connect(address)
        except ConnectionRefusedError:
            raise ConnectionRefusedError(REFUSED % (address,)) from None
        received = bytearray()
        piece = b""
        while b"\n" not in piece:
            piece = client.recv(65536)
            if not piece:
                raise EOFError("the server ended before its greeting was whole")
            received += piece
        greeting = received[: received.index(b"\n")].decode()
        for message in messages:
            send_reading(client, message.encode())
        client.shutdown(socket.SHUT_WR)
        while client.recv(65536):
            pass
        return greeting
    finally:
        client.close()
