"""Takes POLLHUP for the end without reading further: if this side has half-closed too, it is there before the last bytes are read.

caught by: test_all_that_is_queued_comes_before_an_end_that_is_there
words: bytes were queued before the end, and your code did not return them all
"""

import select
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    poller = select.poll()
    poller.register(sock, select.POLLIN)
    data = bytearray()
    while True:
        for _, events in poller.poll():
            if events & select.POLLHUP and not events & select.POLLERR:
                return bytes(data), "eof"
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            return bytes(data), "eof"
        data += piece
