"""Right: non-blocking connections with epoll and recv_into() in serve(), and asyncio's sock_ calls in talk()."""

import asyncio
import codecs
import select
import socket
from collections.abc import Callable, Iterable

REFUSED = "nobody listens at %s"


def send_all(conn: socket.socket, epoll: select.epoll, data: bytes) -> None:
    """Send data on a non-blocking socket that epoll knows."""
    epoll.modify(conn, select.EPOLLOUT)
    while data:
        try:
            data = data[conn.send(data) :]
        except BlockingIOError:
            epoll.poll()
    epoll.modify(conn, select.EPOLLIN)


def receive(conn: socket.socket, epoll: select.epoll, buffer: bytearray) -> int:
    """Fill buffer; sleep in epoll as long as nothing comes."""
    while True:
        try:
            return conn.recv_into(buffer)
        except BlockingIOError:
            epoll.poll()


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    """Greet and show one client after the other, for ever."""
    buffer = bytearray(16384)
    with select.epoll() as epoll:
        while True:
            try:
                conn, (host, port) = listener.accept()
            except ConnectionAbortedError:
                continue
            try:
                conn.setblocking(False)
                epoll.register(conn, 0)
                decoder = codecs.getincrementaldecoder("utf-8")("replace")
                count = -1
                while count:
                    try:
                        if count < 0:
                            send_all(conn, epoll, f"welcome, {host} port {port}\n".encode())
                        count = receive(conn, epoll, buffer)
                    except OSError:
                        break
                    text = decoder.decode(bytes(memoryview(buffer)[:count]), final=count == 0)
                    if text:
                        show(text)
            finally:
                conn.close()


async def drain(client: socket.socket) -> None:
    """Throw away input until its end."""
    while await asyncio.get_running_loop().sock_recv(client, 65536):
        pass


async def converse(address: tuple[str, int], messages: Iterable[str]) -> str:
    """Do what talk() does."""
    loop = asyncio.get_running_loop()
    with socket.socket() as client:
        client.setblocking(False)
        try:
            await loop.sock_connect(client, address)
        except ConnectionRefusedError:
            raise ConnectionRefusedError(REFUSED % (address,)) from None
        pieces = []
        while not pieces or b"\n" not in pieces[-1]:
            pieces.append(await loop.sock_recv(client, 65536))
            if not pieces[-1]:
                raise EOFError("the server ended before the end of its greeting")
        greeting = b"".join(pieces).partition(b"\n")[0].decode()
        drainer = asyncio.create_task(drain(client))
        try:
            for message in messages:
                await loop.sock_sendall(client, message.encode())
            client.shutdown(socket.SHUT_WR)
            await drainer
        finally:
            drainer.cancel()
            await asyncio.wait([drainer])
            if not drainer.cancelled():
                drainer.exception()
        return greeting


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    """Read the greeting, send all messages, end the stream; return the greeting."""
    return asyncio.run(converse(address, messages))
