"""It waits ten seconds for each piece at most and raises TimeoutError then, although the socket has no timeout.

caught by: test_it_sleeps_while_the_peer_is_silent
words: The peer may be silent for as long as it likes, and your code limited the wait
"""

import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    received = bytearray()
    while True:
        if not poller.poll(10_000):
            raise TimeoutError("the peer has been silent for ten seconds")
        piece = sock.recv(65536)
        if not piece:
            return bytes(received)
        received += piece
