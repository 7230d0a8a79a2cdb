"""1.8 send takes a part

send() copies bytes into the kernel's buffer and returns how many it took. That
may be fewer than you passed; the rest is still yours to send.

Write send_all(sock, data):
1. Send every byte of data, once and in order, in as many calls as it takes.
2. Call sock.send(), with any flags, and no other function that sends: sendall()
   is its name in the library.
3. Sleep in the kernel while the buffers are full.
4. Let every error propagate at once, a timeout of the socket too.
5. Leave the socket's timeout and blocking mode as they were, after an error too.
6. Return None when all is sent.

Open: a non-blocking socket; whether a timeout limits each send() or all;
errors for empty data.

Document: no program there looks at what send() returned.
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    """Send all of `data` with as many calls of sock.send() as that takes.

    Raises TimeoutError if the socket's timeout passes while the kernel takes
    nothing, and OSError if the connection breaks. Some bytes may have gone by
    then, and nobody can tell how many of them were read.
    """
    raise NotImplementedError
