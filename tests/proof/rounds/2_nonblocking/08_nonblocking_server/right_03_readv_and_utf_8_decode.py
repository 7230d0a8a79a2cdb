"""Right: os.readv() and os.write(), undecoded bytes kept by hand, and poll() with a limit of 10 ms for the sleep."""

import codecs
import contextlib
import os
import select
import socket
from collections.abc import Callable


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    """Serve all clients in turn, for ever."""
    with contextlib.ExitStack() as stack:
        stack.callback(listener.settimeout, listener.gettimeout())
        listener.setblocking(False)
        conns: dict[int, socket.socket] = {}
        stack.callback(lambda: [conn.close() for conn in conns.values()])
        unsent: dict[int, bytes] = {}
        undecoded: dict[int, bytes] = {}
        first, second = bytearray(1024), bytearray(65536)
        while True:
            idle = True
            with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
                conn, peer = listener.accept()
                idle = False
                fd = conn.fileno()
                conns[fd] = conn
                conn.setblocking(False)
                unsent[fd] = f"welcome, {peer[0]} port {peer[1]}\n".encode()
                undecoded[fd] = b""
            gone = []
            for fd in conns:
                broken = False
                try:
                    if unsent[fd]:
                        unsent[fd] = unsent[fd][os.write(fd, unsent[fd]) :]
                        idle = False
                except BlockingIOError:
                    pass
                except OSError:
                    broken = True
                try:
                    count = os.readv(fd, [first, second])
                except BlockingIOError:
                    if broken:
                        gone.append(fd)
                    continue
                except OSError:
                    gone.append(fd)
                    continue
                idle = False
                data = undecoded[fd] + (first + second[: max(0, count - len(first))])[:count]
                text, used = codecs.utf_8_decode(data, "replace", not count)
                undecoded[fd] = data[used:]
                if text:
                    show(text)
                if not count:
                    gone.append(fd)
            for fd in gone:
                conns.pop(fd).close()
                del unsent[fd], undecoded[fd]
            if idle:
                select.poll().poll(10)
