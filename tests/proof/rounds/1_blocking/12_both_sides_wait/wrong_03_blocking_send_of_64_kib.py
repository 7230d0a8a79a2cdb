"""Sends 64 KiB with a blocking call as soon as poll() finds room, which may be less.

caught by: test_a_peer_that_sends_everything_before_it_reads
words: A blocking send sleeps until the peer makes room by reading, and it does not read
"""

import select
import socket


def exchange(sock: socket.socket, data: bytes, n: int) -> bytes:
    timeout = sock.gettimeout()
    left = memoryview(data)
    received = bytearray()
    try:
        sock.settimeout(None)
        poller = select.poll()
        while left or len(received) < n:
            wanted = select.POLLOUT if left else 0
            if len(received) < n:
                wanted |= select.POLLIN
            poller.register(sock, wanted)
            [(_, events)] = poller.poll()
            if len(received) < n and events & ~select.POLLOUT:
                piece = sock.recv(min(n - len(received), 65536))
                if not piece:
                    raise EOFError("the peer ended too early")
                received += piece
            if left and events & ~select.POLLIN:
                left = left[sock.send(left[:65536]) :]
        return bytes(received)
    finally:
        sock.settimeout(timeout)
