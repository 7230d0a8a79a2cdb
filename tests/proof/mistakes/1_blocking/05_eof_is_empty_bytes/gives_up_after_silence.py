"""After ten seconds of silence the stream is taken to be over.

caught by: test_a_short_read_is_not_the_end
words: the peer may be silent for as long as it likes, and your code limited the wait
breaks: 3
"""

import select
import socket


def recv_all(sock: socket.socket) -> bytes:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    data = bytearray()
    while True:
        if sock.gettimeout() is None and not poller.poll(10_000):
            break  # the peer has forgotten us
        piece = sock.recv(65536)
        if not piece:
            break
        data += piece
    return bytes(data)
