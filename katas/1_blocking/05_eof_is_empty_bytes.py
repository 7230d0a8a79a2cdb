"""1.5 eof is empty bytes

A peer that closes its side sends FIN. recv() returns what is still queued, and
then empty bytes, at once and each time. Nothing else marks the end.

Fix recv_all(sock):
1. Return all bytes up to the end, in however many pieces.
2. Return them as they were sent; they need not be text.
3. While the peer is silent, sleep in the kernel, with no limit of your own.
4. Let every OSError propagate: a reset is no end.
5. After an error or Ctrl-C, forget what came before it.
6. Leave the socket open in both directions, with its timeout and its
   O_NONBLOCK, on every way out.

Open: a non-blocking socket; whether a timeout limits each wait, all or none.

Document: programs 1 and 4 take the empty bytes for one more message.
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream.

    Returns the bytes as they were sent, b"" if there were none. Raises OSError
    if the connection breaks before its end.
    """
    text = ""
    try:
        while True:
            piece = sock.recv(1024)
            text += piece.decode()
            if len(piece) < 1024:
                break
    except OSError:
        pass  # the peer has gone
    return text.encode()
