"""Of the kind with recv_into() and a decoder of its own for each client; its client peeks for the newline, and waits until the other kernel has everything."""

import codecs
import fcntl
import socket
import struct
import termios
import time
from collections.abc import Callable, Iterable

Decode = codecs.getincrementaldecoder("utf-8")


class Guest:
    """One client, while it is served."""

    def __init__(self, conn: socket.socket, address: tuple) -> None:
        self.conn = conn
        self.greeting = "welcome, {} port {}\n".format(*address).encode()
        self.decoder = Decode("replace")
        self.buffer = memoryview(bytearray(2048))

    def greet(self) -> bool:
        try:
            while self.greeting:
                taken = self.conn.sendmsg([self.greeting])
                self.greeting = self.greeting[taken:]
        except OSError:
            return False
        return True

    def listen(self) -> int:
        """Wait for bytes; 0 at the end of the stream, -1 if the connection is broken."""
        try:
            return self.conn.recv_into(self.buffer)
        except OSError:
            return -1


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    while True:
        try:
            conn, address = listener.accept()
        except ConnectionAbortedError:
            pass
        else:
            try:
                attend(Guest(conn, address), show)
            finally:
                conn.close()


def attend(guest: Guest, show: Callable[[str], None]) -> None:
    n = 1 if guest.greet() else -1
    while n > 0:
        n = guest.listen()
        if n >= 0 and (text := guest.decoder.decode(guest.buffer[:n], n == 0)):
            show(text)


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    client = socket.create_connection(address)
    try:
        greeting = read_line(client).decode()
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        discard(client)
    finally:
        client.close()
    return greeting


def read_line(client: socket.socket) -> bytes:
    """Read one line, and leave what is behind it in the socket."""
    line = bytearray()
    while True:
        seen = client.recv(256, socket.MSG_PEEK)
        if not seen:
            raise EOFError("no newline")
        n = seen.find(b"\n") + 1 or len(seen)
        line += client.recv(n)
        if line.endswith(b"\n"):
            return bytes(line[:-1])


def discard(client: socket.socket) -> None:
    """Throw away what comes behind the greeting, until the server's kernel has all we sent.

    Input that is unread, or comes after close(), makes a reset, which would
    destroy what is still on its way.
    """
    while True:
        on_its_way = unacknowledged(client)
        try:
            while client.recv(1 << 16, socket.MSG_DONTWAIT):
                pass
            return  # the server has ended: no more input can come
        except BlockingIOError:
            if not on_its_way:
                return
            time.sleep(0.005)


def unacknowledged(client: socket.socket) -> int:
    """How many bytes, and the FIN, the other kernel has not acknowledged."""
    return struct.unpack("i", fcntl.ioctl(client, termios.TIOCOUTQ, bytes(4)))[0]
