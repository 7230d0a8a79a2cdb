"""1.14 blocking server: whoever is being served has the thread for itself.

recv(2) and accept(2): a blocking call sleeps until there is an answer, so one
thread can wait for one thing only, and the second client waits for the first to
leave. Its connection is complete all the same: the kernel made it (listen(2)).
"""

import codecs
import socket
from collections.abc import Callable, Iterable, Iterator


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    r"""Serve one client after the other on a blocking listener, for ever.

    Each is greeted with "welcome, HOST port PORT\n" in UTF-8: its own address.
    `show` is called with what clients say. Raises OSError if the listener
    fails, and whatever `show` raises; the connection is closed on every way out.
    """
    while True:
        try:
            conn, (host, port) = listener.accept()
        except ConnectionAbortedError:
            continue  # a client that was gone before (accept(2)); any other error is the caller's to know
        # Ctrl-C and an error of show() are ways out, too: `with` closes on each of them.
        with conn:
            pieces = _said(conn, f"welcome, {host} port {port}\n".encode())
            # recv() may cut a character anywhere. An incremental decoder keeps the first half until
            # the second comes (codecs.iterdecode makes one for this client, and empties it at the end).
            for text in codecs.iterdecode(pieces, "utf-8", "replace"):
                show(text)


def _said(conn: socket.socket, greeting: bytes) -> Iterator[bytes]:
    """Greet a client and yield what it says, until it ends or its connection breaks."""
    try:
        # Once, before the first recv(): the greeting belongs to the connection, not to each message.
        conn.sendall(greeting)
        # b"" is the end of the stream and no message.
        while piece := conn.recv(4096):
            yield piece
    except OSError:
        # Reset, broken pipe, timed out: this client is gone, and the others want to be served.
        # show() runs outside of this generator, so its errors are not taken for the client's.
        pass


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    """Read the server's greeting, send all messages as they are, in UTF-8, and end the stream.

    Returns the greeting without its newline. Raises ConnectionRefusedError if
    nobody listens at `address`, EOFError if the server ends before the greeting
    is whole, and OSError for other failures; no socket is left open.
    """
    # create_connection() closes its socket itself when the connection fails.
    with socket.create_connection(address) as client:
        received = b""
        # TCP keeps no messages: one recv() may bring half of the line.
        while b"\n" not in received:
            piece = client.recv(1024)
            if not piece:
                raise EOFError("the server ended before its greeting was whole")
            received += piece
        for message in messages:
            client.sendall(message.encode())
        # close() alone would reset the connection if the server had said more than its greeting, and destroy messages
        # that are on their way. The server closes when it has heard everything: so read to its end, too.
        client.shutdown(socket.SHUT_WR)
        while client.recv(4096):
            pass
    # Decoded when it is whole: a piece might have ended inside a character.
    return received.partition(b"\n")[0].decode()
