"""Once the FIN has come, a single further recv() is taken to empty the queue; what lies behind its 64 KiB is
lost.

caught by: test_a_long_stream_comes_whole
words: every byte up to the end, however many they are
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
