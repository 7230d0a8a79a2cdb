"""A right answer with an edge-triggered epoll, which sleeps only when neither direction moves."""

import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    rest = memoryview(data)
    pieces = []
    missing = n
    try:
        sock.setblocking(False)
        with select.epoll() as poller:
            poller.register(sock, select.EPOLLIN | select.EPOLLOUT | select.EPOLLET)
            while rest or missing:
                moved = False
                if missing:
                    try:
                        piece = sock.recv(min(missing, 100_000))
                    except BlockingIOError:
                        pass
                    else:
                        if piece == b"":
                            raise EOFError(f"{missing} of {n} bytes are missing")
                        pieces.append(piece)
                        missing -= len(piece)
                        moved = True
                if rest:
                    try:
                        rest = rest[sock.send(rest) :]
                        moved = True
                    except BlockingIOError:
                        pass
                if not moved:
                    poller.poll()
    finally:
        sock.settimeout(timeout)
    return b"".join(pieces)
