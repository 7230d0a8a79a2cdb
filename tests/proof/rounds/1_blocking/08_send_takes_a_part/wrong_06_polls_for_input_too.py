"""It waits with poll() for room or for input, so it spins while the peer's bytes lie there unread.

caught by: test_it_sleeps_in_the_kernel_while_the_peer_does_not_read
words: It runs without a pause: a processor is burnt and nothing is waited for
"""

import select
import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    poller = select.poll()
    poller.register(sock, select.POLLIN | select.POLLOUT)
    while view:
        try:
            view = view[sock.send(view, socket.MSG_DONTWAIT) :]
        except BlockingIOError:
            poller.poll()
