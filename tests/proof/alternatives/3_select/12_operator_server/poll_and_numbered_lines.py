"""poll on descriptors, a decoder for each client, and a number for each line that is shown."""

import codecs
import itertools
import os
import select
import socket
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from typing import TextIO

Decoder = codecs.IncrementalDecoder


class ClientGone(Exception):
    """Its connection is broken; an error of show() is another thing."""


def serve(
    listener: socket.socket, operator: int | socket.socket | TextIO = sys.stdin, show: Callable[[str], None] = print
) -> None:
    door, keys = listener.fileno(), operator if isinstance(operator, int) else operator.fileno()
    conns: dict[int, tuple[socket.socket, str, Decoder]] = {}
    said: dict[int, str] = {}
    unsent: dict[int, bytearray] = {}
    asked: dict[int, int] = {}  # number of a line to who said it
    numbers = itertools.count()
    typed = bytearray()
    poll = select.poll()
    poll.register(door, select.POLLIN)
    poll.register(keys, select.POLLIN)

    def line_of(fd: int, line: str) -> None:
        show(f"{conns[fd][1]}: {line}")
        asked[next(numbers)] = fd

    def drop(fd: int) -> None:
        poll.unregister(fd)
        for number in [number for number, who in asked.items() if who == fd]:
            del asked[number]
        del said[fd], unsent[fd]
        conns.pop(fd)[0].close()

    def hear(fd: int) -> None:
        conn, _, decoder = conns[fd]
        try:
            data = conn.recv(1500)
        except BlockingIOError:
            return
        except OSError:
            raise ClientGone from None
        said[fd] += decoder.decode(data, not data)
        while "\n" in said[fd]:
            line, _, said[fd] = said[fd].partition("\n")
            line_of(fd, line)
        if not data:
            if said[fd]:
                line_of(fd, said[fd])
            drop(fd)

    def tell(fd: int) -> None:
        try:
            del unsent[fd][: conns[fd][0].send(unsent[fd])]
        except BlockingIOError:
            return
        except OSError:
            unsent[fd].clear()  # recv() tells what came before, and then the end
        if not unsent[fd]:
            poll.modify(fd, select.POLLIN)

    def type_line(line: bytes) -> None:
        if not asked:
            show("nobody is waiting for an answer")
            return
        fd = asked.pop(min(asked))
        unsent[fd] += line
        poll.modify(fd, select.POLLIN | select.POLLOUT)
        tell(fd)

    def close() -> None:
        for conn, _, _ in conns.values():
            conn.close()

    with ExitStack() as stack:
        stack.callback(listener.settimeout, listener.gettimeout())
        listener.settimeout(0)
        stack.callback(close)
        while True:
            for fd, mask in poll.poll():
                if fd == door:
                    try:
                        conn, (host, port) = listener.accept()
                    except ConnectionAbortedError:
                        continue
                    conn.settimeout(0)
                    decoder = codecs.getincrementaldecoder("utf-8")("replace")
                    conns[conn.fileno()] = conn, f"{host} port {port}", decoder
                    said[conn.fileno()], unsent[conn.fileno()] = "", bytearray()
                    poll.register(conn, select.POLLIN)
                elif fd == keys:
                    data = os.read(fd, 8192)
                    if not data:
                        return
                    typed += data
                    while b"\n" in typed:
                        end = typed.index(b"\n") + 1
                        type_line(bytes(typed[:end]))
                        del typed[:end]
                else:
                    try:
                        if mask & select.POLLOUT:
                            with suppress(BlockingIOError):  # what was typed in this turn may have taken the room
                                tell(fd)
                        if mask & ~select.POLLOUT:
                            hear(fd)
                    except ClientGone:
                        drop(fd)


def ask(address: tuple[str, int], lines: Iterable[str]) -> list[str]:
    def answer(line: str) -> str:
        if line == "":
            return line
        # The text, and then the newline: two pieces for the kernel.
        conn.sendall(line.encode())
        conn.sendall(b"\n")
        said = file.readline()
        if said[-1:] != "\n":
            raise EOFError(said)
        return said[:-1]

    with socket.socket() as conn:
        conn.connect(address)
        with conn.makefile("r", encoding="utf-8", errors="replace", newline="\n") as file:
            answers = [answer(line) for line in lines]
        conn.shutdown(socket.SHUT_WR)
    return answers
