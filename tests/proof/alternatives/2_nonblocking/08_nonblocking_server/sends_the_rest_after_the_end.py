"""A client that has ended gets the rest of its greeting before its connection is closed."""

import codecs
import contextlib
import socket
import time
from collections.abc import Callable


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    timeout = listener.gettimeout()
    talks: dict[socket.socket, bytes] = {}  # what is unsent of each greeting
    decoders: dict[socket.socket, codecs.IncrementalDecoder | None] = {}  # None: it has ended
    with contextlib.ExitStack() as stack:
        stack.callback(listener.settimeout, timeout)
        stack.callback(lambda: [conn.close() for conn in talks])
        listener.setblocking(False)
        while True:
            worked = False
            with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
                conn, (host, port) = listener.accept()
                conn.setblocking(False)
                talks[conn] = f"welcome, {host} port {port}\n".encode()
                decoders[conn] = codecs.getincrementaldecoder("utf-8")("replace")
                worked = True
            for conn in list(talks):
                broken = False
                try:
                    if talks[conn]:
                        talks[conn] = talks[conn][conn.send(talks[conn]) :]
                        worked = True
                except BlockingIOError:
                    pass
                except OSError:
                    broken = True
                if decoder := decoders[conn]:
                    try:
                        data = conn.recv(4096)
                    except BlockingIOError:
                        pass
                    except OSError:
                        broken = True
                    else:
                        worked = True
                        text = decoder.decode(data, final=not data)
                        if not data:
                            decoders[conn] = None
                        if text:
                            show(text)
                if broken or (decoders[conn] is None and not talks[conn]):
                    conn.close()
                    del talks[conn], decoders[conn]
            if not worked:
                time.sleep(0.01)
