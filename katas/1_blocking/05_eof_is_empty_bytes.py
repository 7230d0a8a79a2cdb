"""1.5 eof is empty bytes

A peer that closes its side sends FIN. recv() then hands out what is still
queued, and after that empty bytes: at once, however often it is asked. Nothing
else says that the stream is over.

recv_all(sock) is there, and it is wrong. Fix it. It returns everything that
the peer sends until the end of its stream, byte for byte, however the bytes
come in and whatever they mean; b"" if the peer ends without a word. While the
peer is silent, for however long, the thread sleeps in the kernel.

A reset is no end: each error of the socket propagates to the caller. What came
before it is lost, and no part of the next stream. The socket belongs to the
caller: it stays open, in the mode in which it came.

Document: program 5 notes that a client that leaves shows as empty data;
programs 1 and 4 take that for one more message.
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
