"""1.4 recv splits messages

recv(n) returns what is there, between one byte and n. A message can be cut
anywhere, even inside a character.

Write recv_exactly(sock, n):
1. Return the next n bytes. Sleep until all have come, even in thousands of
   pieces.
2. Take no byte more: the rest stays in the kernel.
3. If n is 0, return b"" at once, after the end too.
4. Raise EOFError if the stream ends before n bytes.
5. Let every OSError propagate as it is, after some bytes too.
6. Never return bytes of another socket.
7. Leave the socket open, with its timeout and its O_NONBLOCK, on every way out.

Open: bytes before an error; whether the socket's timeout limits each wait, all
or none; a non-blocking socket; an n too large for memory.

Document: a cut character ends program 4.
"""

import socket


def recv_exactly(sock: socket.socket, n: int) -> bytes:
    """Receive exactly the next n bytes of a connected stream socket.

    `n` is a number of bytes, 0 or more. Raises EOFError if the stream ends
    before, and OSError if the connection fails.
    """
    raise NotImplementedError
