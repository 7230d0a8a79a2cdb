"""2.8 nonblocking server

One thread can serve many clients if no call waits: one that would wait fails at
once, and the server turns to the next client. The program below has mistakes.

Fix serve(listener, show):
1. Greet each client at once, only once, with its own address.
2. Pass what it says to show() as text, as it arrives. Lose nothing, add nothing.
3. Decode each client's UTF-8 by itself. Show U+FFFD for invalid bytes and a
   character cut off at the end.
4. Close a client when it has ended or its connection breaks (any errno). Keep
   the others.
5. Let nobody wait for a client that is silent, does not read or never stops
   talking. Send the rest of a greeting when there is room.
6. If no call succeeded in a round, sleep about 10 ms; otherwise start the next
   round at once. A partial send is a success.
7. Skip a client that was gone before accept() returned (ECONNABORTED).
8. Let Ctrl-C, errors of show() and other errors of accept() propagate. Close
   all connections then, and restore the listener's mode.

Open: select() instead of sleep(); show(""); the order of two clients' texts;
text before a reset; a greeting's rest after its client's end.

    $ make run K=2.8        $ nc 127.0.0.1 6969
                            welcome, 127.0.0.1 port 50312
    hello                   hello

Document: program 2 sleeps four seconds after each error.
"""

import socket
import time
from collections.abc import Callable


def serve(listener: socket.socket, show: Callable[[str], None] = print) -> None:
    r"""Serve all clients of a listener in one thread, for ever, and wait for none of them.

    Each is greeted with "welcome, HOST port PORT\n" in UTF-8: its own address.
    `show` is called with what clients say, in pieces of any size. Raises
    OSError if accept() fails, and whatever `show` raises.
    """
    listener.setblocking(False)
    while True:
        try:
            conn, (host, port) = listener.accept()
            conn.sendall(f"welcome, {host} port {port}\n".encode())
            data = conn.recv(1024)
            show(data.decode())
            conn.close()
        except Exception:
            time.sleep(0.5)
