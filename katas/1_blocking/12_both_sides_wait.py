"""1.12 both sides wait

Two programs can wait for each other for ever: both for something to read, or
both for room to send, because neither of them reads.

exchange(sock, data, n) is below, and it is wrong in several ways. Fix it. It
sends all of data and receives n bytes, both at the same time: the peer may want
to send everything before it reads, or to read everything before it sends, and
either side has more to say than the buffers hold. It takes n bytes from the socket and not one
more, because what follows belongs to the next call. If the peer ends before n
bytes have come it raises EOFError. While there is nothing to do it sleeps. The
socket keeps its timeout, on every way out.

Document: programs 3 and 4. In program 3 the client waits for a greeting that
the server never sends; in program 4 an empty line sends nothing, and then both
sides wait.
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
