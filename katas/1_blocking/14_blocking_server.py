"""1.14 blocking server

A whole program at last: a server that greets its clients and shows what they
say, one client after the other, and a client for it. Both stand here, and both
are wrong in several places. Fix them.

serve(listener, show) goes on for ever. It greets each client once, hands what
the client says to show() as it comes, as text, in pieces of any size, closes
the connection when the client has ended or reset it, and takes the next.
Nothing that a client does ends the server. Skip a client that was gone before
accept() returned (ECONNABORTED); every other error of accept() propagates. A
character whose bytes arrive one by one is shown whole; what is no UTF-8, a
character that the end cuts off among it, is shown as U+FFFD, the replacement
character. What a client said before a reset may be lost. Nothing else is shown.
While there is nothing to do the thread sleeps in the kernel.

talk(address, messages) connects, reads the greeting, a line that may come in
pieces, then sends all messages, ends the stream and returns the greeting.

Meanwhile a second client waits, connected and not greeted, until the first has
left. In this model that is the price, and no mistake. See for yourself:
make run K=1.14, and two terminals with nc; Ctrl-C ends an nc.

Document: program 1, the server and its client.
"""

import socket
from collections.abc import Callable, Iterable

REFUSED = "nobody listens at %s"


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    r"""Serve one client after the other on a blocking listener, for ever.

    Each is greeted with "welcome, HOST port PORT\n" in UTF-8: its own address.
    `show` is called with what clients say. Raises OSError if the listener
    fails, and whatever `show` raises; the connection is closed on every way out.
    """
    while True:
        conn, _ = listener.accept()
        host, port = listener.getsockname()
        while True:
            conn.sendall(f"welcome, {host} port {port}\n".encode())
            data = conn.recv(1024)
            show(data.decode())


def talk(address: tuple[str, int], messages: Iterable[str]) -> str:
    """Read the server's greeting, send all messages as they are, in UTF-8, and end the stream.

    Returns the greeting without its newline. Raises ConnectionRefusedError if
    nobody listens at `address`, EOFError if the server ends before the greeting
    is whole, and OSError for other failures; no socket is left open.
    """
    client = socket.socket()
    try:
        client.connect(address)
    except ConnectionRefusedError:
        raise ConnectionRefusedError(REFUSED % address) from None
    greeting = ""
    for message in messages:
        greeting = client.recv(1024).decode()
        client.sendall(message.encode())
    return greeting.rstrip("\n")
