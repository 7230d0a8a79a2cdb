"""2.8 nonblocking server

One thread serves everybody at once, and no call ever waits for a client: every
call that would have to wait fails at once, and the server asks somebody else.

The program below set out to be that, and is wrong in several places. Fix it:
serve(listener, show) greets each client at once and once, hands what each says
to show() as text, as it comes, and closes a connection when its client has
ended or reset it. A silent client, or one that does not read its greeting,
holds nobody up. No byte is lost. No client's characters are mixed up with
another's; what is no UTF-8, a character that the end cuts off among it, is
shown as U+FFFD, the replacement character. Nothing else is shown.

No call tells it when to go on, so it has to ask again and again: a round
without any work is followed by a pause of about 10 ms, a round with work by the
next round. That has a price: whoever comes during a pause waits for its end,
and each round costs a call for each client, however silent. Chapter 3 asks the
kernel instead.

Skip a client that was gone before accept() returned (ECONNABORTED). An error
that is not a client's propagates; then, and at Ctrl-C, every connection is
closed, and the listener is in the mode in which it came.

Document: program 2, the server. Talk to yours: make run K=2.8, and nc.
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
