"""Takes all that is there, with calls that do not wait, and sends each piece back."""

import selectors
import socket


def echo_ready(selector: selectors.BaseSelector, conn: socket.socket) -> None:
    try:
        while data := conn.recv(4096, socket.MSG_DONTWAIT):
            rest = memoryview(data)
            while rest:
                rest = rest[conn.send(rest) :]
    except BlockingIOError:
        return
    except OSError:
        pass
    selector.unregister(conn)
    conn.close()
