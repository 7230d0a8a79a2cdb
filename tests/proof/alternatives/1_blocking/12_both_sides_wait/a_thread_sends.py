"""One thread sends while the caller's thread receives: each may wait as it likes."""

import socket
import threading


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    failures: list[OSError] = []

    def send() -> None:
        try:
            sock.sendall(data)
        except OSError as error:
            failures.append(error)

    sending = threading.Thread(target=send)
    sending.start()
    pieces: list[bytes] = []
    try:
        while n:
            piece = sock.recv(n)
            if not piece:
                sending.join()
                if failures:  # the thread was told of the reset, and recv() is not told again
                    raise failures[0]
                raise EOFError(f"{n} bytes are missing")
            pieces.append(piece)
            n -= len(piece)
    finally:
        sending.join()
    if failures:
        raise failures[0]
    return b"".join(pieces)
