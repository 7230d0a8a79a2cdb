"""Waits for room to send as well as for bytes, and so never sleeps.

caught by: test_it_sleeps_while_the_peer_is_silent
words: It runs without a pause: a processor is burnt and nothing is waited for
"""

import os
import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    timeout = sock.gettimeout()
    blocking = os.get_blocking(sock.fileno())
    data = bytearray()
    try:
        sock.settimeout(0)
        poller = select.poll()
        poller.register(sock)  # everything
        while True:
            poller.poll()
            try:
                piece = sock.recv(65536)
            except BlockingIOError:
                continue
            if not piece:
                return bytes(data)
            data += piece
    finally:
        sock.settimeout(timeout)
        os.set_blocking(sock.fileno(), blocking)
