"""1.4 recv splits messages

recv(n) returns what is there, between one byte and n: a message can be cut
anywhere, in the middle of a character too. Fewer bytes than asked for do not
mean that no more will come.

Write recv_exactly(sock, n). It returns the next n bytes of the stream, and
sleeps until all of them are there. It takes no byte more: what follows stays in
the kernel for the next reader. Zero bytes are always there, at the end of the
stream too.

If the stream ends before the n bytes are complete, that is an EOFError. An error
of the socket propagates as it is, a reset or a timeout, however many bytes came
before. Whether those are lost is open; the reader of another socket never gets
them. A message may come in thousands of pieces.

The socket may be a blocking one or have a timeout; it keeps what it has, its
O_NONBLOCK in the kernel too, on every way out. Whether that timeout holds for
each wait, for all of them together or not at all is open.

Document: programs 1 to 5, where recv(1024) returns whatever is there; program 4
decodes it at once, and a character that was cut ends the server.
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket.

    `n` is a number of bytes, 0 or more, that fit into memory. Raises EOFError if the stream ends
    before, and OSError if the connection fails.
    """
    raise NotImplementedError
