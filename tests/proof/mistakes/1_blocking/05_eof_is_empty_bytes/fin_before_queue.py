"""Once the FIN has come, a single further recv() is taken to empty the queue; what lies behind its 64 KiB is
lost.

caught by: test_all_that_is_queued_comes_before_an_end_that_is_there
words: bytes were queued before the end, and your code did not return them all
breaks: 1
"""

import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    poller = select.poll()
    poller.register(sock, select.POLLIN | select.POLLRDHUP)
    data = bytearray()
    while True:
        piece = sock.recv(65536)
        if not piece:
            return bytes(data)
        data += piece
        events = dict(poller.poll(0)).get(sock.fileno(), 0)
        broken = events & (select.POLLERR | select.POLLHUP)
        if events & select.POLLRDHUP and not broken:
            # the peer has closed: fetch the rest, then it is over
            return bytes(data + sock.recv(65536))
