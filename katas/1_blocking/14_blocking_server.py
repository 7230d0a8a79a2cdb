r"""1.14 blocking server

A server that greets its clients and shows what they say, and a client for it.
Both have several mistakes.

Fix serve(listener, show):
1. Greet each client once, in the words below, with its own address.
2. Pass what it says to show() as it comes: unchanged text, in any pieces but "".
3. Show a character whole if it comes in pieces, U+FFFD for invalid UTF-8 and for
   half a character at the end.
4. Serve one client at a time, asleep in the kernel while it is silent, however
   long.
5. Close the connection when the client ends or resets it, and take the next.
6. Go on after any error of a client's connection, and ECONNABORTED of
   accept().
7. Propagate any other error of accept(), and any of show(), with the connection
   closed.
8. Fix talk(address, messages): read the greeting, a line of any length up to
   "\n", in pieces or with more behind it. Return it without "\n".
9. Send all messages whole, then end the stream: close() with unread input
   resets it.
10. Raise EOFError if the server ends before that "\n", ConnectionRefusedError
   if nobody listens. Leave no socket open, whatever raises.

Open: what came just before a reset; whether talk() waits for the server's end.

    $ make run K=1.14              $ nc 127.0.0.1 6969
                                   welcome, 127.0.0.1 port 50312
    hello                          hello

Document: program 1, both sides.
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
