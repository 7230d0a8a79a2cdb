"""1.8 send takes a part

send() hands bytes to the kernel and returns how many the kernel took. That
may be fewer than it was offered; the others are still yours.

Write send_all(sock, data). It returns when the kernel has taken every byte of
data, each one once and in order. It is made of sock.send() alone: sendall()
is the library's name for what you write here.

The socket comes in blocking mode or with a timeout and keeps its mode. While
the buffers are full the thread sleeps in the kernel. An error, a timeout too,
propagates to the caller. Whether a timeout holds for each send or for all of
them together is left to you.

Document: every program sends, and none looks at what send() returned.
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    """Send all of `data` with as many calls of sock.send() as that takes.

    Raises TimeoutError if the socket's timeout passes while the kernel takes
    nothing, and OSError if the connection breaks. Some bytes may have gone by
    then, and nobody can tell how many of them were read.
    """
    raise NotImplementedError
