"""Makes the listener non-blocking for the workers, and leaves it so for the caller.

caught by: test_the_listener_stays_as_it_was
words: your server did not put O_NONBLOCK back, which it shares with the workers
"""

import os
import select
import selectors
import signal
import socket
from contextlib import suppress

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


def work(listener: socket.socket) -> None:
    name = str(os.getpid()).encode() + b" "
    loop = selectors.DefaultSelector()
    listener.setblocking(False)
    loop.register(listener, READ)
    while True:
        for key, mask in loop.select():
            if key.data is None:
                with suppress(BlockingIOError):
                    conn, _ = listener.accept()
                    conn.setblocking(False)
                    loop.register(conn, READ, [b"", b""])
                continue
            sock, (half, out) = key.fileobj, key.data
            assert isinstance(sock, socket.socket)
            try:
                if mask & READ:
                    data = sock.recv(4096)
                    if not data:
                        raise EOFError
                    *lines, half = (half + data).split(b"\n")
                    out += b"".join(name + line + b"\n" for line in lines)
                if out:
                    out = out[sock.send(out) :]
            except BlockingIOError:
                pass
            except (OSError, EOFError):
                loop.unregister(sock)
                sock.close()
                continue
            loop.modify(sock, WRITE if out else READ, [half, out])


def begin(listener: socket.socket) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            work(listener)
        finally:
            os._exit(1)
    return pid


def serve(listener: socket.socket, stop: socket.socket, workers: int = 2) -> None:
    flag = listener.gettimeout()
    alive: dict[int, int] = {}

    def hire() -> None:
        pid = begin(listener)
        alive[os.pidfd_open(pid)] = pid

    try:
        for _ in range(workers):
            hire()
        while True:
            ended = select.select([stop, *alive], [], [])[0]
            if stop in ended:
                break
            for fd in ended:
                os.waitpid(alive.pop(fd), 0)
                os.close(fd)
                hire()
    finally:
        for pid in alive.values():
            os.kill(pid, signal.SIGTERM)
        for fd, pid in alive.items():
            os.waitpid(pid, 0)
            os.close(fd)
        pass
