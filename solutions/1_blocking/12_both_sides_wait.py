"""1.12 both sides wait: never wait for one thing when there are two.

A sendall() that waits for room cannot read, and a recv() that waits for bytes
cannot send. select(2) waits for either, and a call on a non-blocking socket
does what can be done now (send(2), recv(2), EAGAIN).
"""

import selectors
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    """Send all of data and receive n bytes at the same time.

    sock is connected, and blocking or with a timeout. Raises EOFError if the
    peer ends before n bytes have come, OSError if the connection breaks.
    """
    rest = memoryview(data)  # slicing it copies nothing, however much there is
    received = bytearray()
    before = sock.gettimeout()
    # "Writable" means room for a part. A blocking send() would go on to wait for room for all of it.
    sock.setblocking(False)
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_READ)
            while rest or len(received) < n:
                # Ask only for what is still to be done: a socket with room is writable for ever, and one
                # with bytes for the next call, or at its end, is readable for ever. Either would never sleep.
                reading = selectors.EVENT_READ if len(received) < n else 0
                writing = selectors.EVENT_WRITE if rest else 0
                selector.modify(sock, reading | writing)
                for _, ready in selector.select():
                    if ready & selectors.EVENT_READ:
                        # Never ask for more than is missing: what follows is the next call's.
                        piece = sock.recv(min(65536, n - len(received)))
                        if not piece:
                            raise EOFError(f"the peer ended after {len(received)} of {n} bytes")
                        received += piece
                    if ready & selectors.EVENT_WRITE:
                        rest = rest[sock.send(rest) :]
    finally:
        sock.settimeout(before)
    return bytes(received)
