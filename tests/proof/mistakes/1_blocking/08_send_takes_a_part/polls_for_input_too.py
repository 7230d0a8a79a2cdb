"""Waits in poll() for room or for input, so unread bytes of the peer keep it from sleeping.

caught by: test_it_sleeps_in_the_kernel_while_the_peer_does_not_read
words: a busy loop
breaks: 3
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
