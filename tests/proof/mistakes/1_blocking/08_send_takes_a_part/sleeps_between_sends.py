"""Naps while the buffers are full, where no room can wake it; it counts the naps against the timeout.

caught by: test_it_sleeps_in_the_kernel_while_the_peer_does_not_read
words: time.sleep() cannot be woken by a socket
breaks: 3
"""

import socket
import time


def send_all(sock, data):
    timeout = sock.gettimeout()
    ends = None if timeout is None else time.monotonic() + timeout
    while data:
        try:
            data = data[sock.send(data, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            if ends is not None and time.monotonic() > ends:
                raise TimeoutError("timed out") from None
            time.sleep(0.001)
