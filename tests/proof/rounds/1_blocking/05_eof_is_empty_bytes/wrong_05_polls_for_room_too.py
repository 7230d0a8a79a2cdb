"""It waits with poll() for input or for room to send, and there is always room, so it spins while the peer is silent.

caught by: test_it_sleeps_while_the_peer_is_silent
words: It runs without a pause: a processor is burnt and nothing is waited for
"""

import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    poller = select.poll()
    poller.register(sock)  # the default events
    received = bytearray()
    while True:
        poller.poll()
        try:
            piece = sock.recv(65536, socket.MSG_DONTWAIT)
        except BlockingIOError:
            continue
        if not piece:
            return bytes(received)
        received += piece
