"""Does not sleep in the kernel on a blocking socket: looks again every 10 ms.

caught by: test_it_sleeps_in_the_kernel_while_the_peer_does_not_read
words: time.sleep() cannot be woken by a socket: wait in the call itself
"""

import socket
import time


def send_all(sock: socket.socket, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[sock.send(rest, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            if sock.gettimeout() is not None:
                raise
            time.sleep(0.01)  # seconds
