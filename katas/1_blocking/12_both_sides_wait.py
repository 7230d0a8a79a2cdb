"""1.12 both sides wait

Two programs can wait for each other: both for bytes, or both for room.
exchange() below does, and has more mistakes.

Fix exchange(sock, data, n):
1. Send all of data, even if n is 0.
2. Return n bytes, and leave what follows in the socket.
3. Do both at once: the peer may send all before it reads, or read all before it
   sends, more than buffers hold.
4. Sleep while there is nothing to do.
5. Raise EOFError if the peer ends before n bytes.
6. Let the error of a broken connection propagate, after n bytes too.
7. Leave the socket's timeout as it was, on every way out.

Open: whether that timeout limits the exchange; the rest of data before
EOFError.

Document: in program 4 an empty line sends nothing, and both sides wait.
"""

import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    """Send all of data and receive n bytes at the same time.

    sock is connected, and blocking or with a timeout. Raises EOFError if the
    peer ends before n bytes have come, OSError if the connection breaks.
    """
    sock.settimeout(None)
    sock.sendall(data)
    received = b""
    while len(received) < n:
        received += sock.recv(65536)
    return received
