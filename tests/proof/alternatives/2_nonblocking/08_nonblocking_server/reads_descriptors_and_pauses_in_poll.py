"""Works on descriptors with os.read and os.write; an empty poll is its pause."""

import codecs
import os
import select
import socket
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Guest:
    conn: socket.socket
    unsent: bytes
    decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")(errors="replace")
    )


def _admit(listener: socket.socket, guests: dict[int, Guest]) -> bool:
    before = len(guests)
    try:
        while True:
            conn, (host, port) = listener.accept()
            os.set_blocking(conn.fileno(), False)
            guests[conn.fileno()] = Guest(conn, f"welcome, {host} port {port}\n".encode())
    except (BlockingIOError, ConnectionAbortedError):
        return len(guests) > before


def _write(fd: int, guest: Guest) -> bool:
    try:
        taken = os.write(fd, guest.unsent) if guest.unsent else 0
    except OSError:
        return False  # a lost connection shows in the read that follows
    guest.unsent = guest.unsent[taken:]
    return taken > 0


def _read(fd: int) -> bytes | None:
    try:
        return os.read(fd, 5000)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    mode = listener.gettimeout()
    guests: dict[int, Guest] = {}
    nothing = select.poll()
    try:
        listener.setblocking(False)
        while True:
            busy = _admit(listener, guests)
            for fd, guest in list(guests.items()):
                busy |= _write(fd, guest)
                if (data := _read(fd)) is None:
                    continue
                busy = True
                show(guest.decoder.decode(data, not data))
                if not data:
                    guests.pop(fd).conn.close()
            if not busy:
                nothing.poll(8)  # milliseconds
    finally:
        for guest in guests.values():
            guest.conn.close()
        if listener.fileno() >= 0:
            listener.settimeout(mode)
