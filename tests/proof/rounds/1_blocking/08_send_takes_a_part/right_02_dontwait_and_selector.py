"""A right answer that sends with MSG_DONTWAIT and sleeps in a selector until there is room."""

import selectors
import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    if not view:
        return
    with selectors.PollSelector() as selector:
        selector.register(sock, selectors.EVENT_WRITE)
        while view:
            try:
                # With a timeout Python itself waits for room, for that long.
                sent = sock.send(view, socket.MSG_DONTWAIT)
            except BlockingIOError:
                selector.select()
            else:
                view = view[sent:]
