"""It sends with MSG_DONTWAIT and tries again at once when the buffer is full, so on a blocking socket it spins.

caught by: test_it_sleeps_in_the_kernel_while_the_peer_does_not_read
words: It runs without a pause: a processor is burnt and nothing is waited for
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    while view:
        try:
            sent = sock.send(view, socket.MSG_DONTWAIT)
        except BlockingIOError:
            continue
        view = view[sent:]
