"""A right answer that runs a list of steps under an ExitStack, which closes the socket unless all are done."""

import contextlib
import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    loopback = socket.inet_ntoa(socket.INADDR_LOOPBACK.to_bytes(4, "big"))
    listener = socket.socket()
    with contextlib.ExitStack() as undo:
        undo.callback(listener.close)
        for step, argument in ((listener.bind, (loopback, 0)), (listener.listen, backlog)):
            step(argument)
        undo.pop_all()
    return listener
