"""Makes only a duplicate non-blocking, but O_NONBLOCK belongs to both: the listener's descriptor is non-blocking
afterwards (its gettimeout() still says None).

caught by: test_the_listener_keeps_its_mode
words: your code changed the listener's mode in the kernel (O_NONBLOCK)
"""

import select
import socket


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    with listener.dup() as twin:
        twin.setblocking(False)
        poller = select.poll()
        poller.register(twin, select.POLLIN)
        while True:
            poller.poll()
            try:
                conn, address = twin.accept()
            except BlockingIOError:
                continue
            break
    with conn:
        conn.setblocking(True)
        conn.sendall(greeting)
    return address
