"""After a reset the unfinished last line is dropped if whole lines came before it.

caught by: test_bytes_still_queued_at_the_reset_are_returned
words: bytes were queued in front of the reset, and your code lost them, or the reset
breaks: 2
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = bytearray()
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        if b"\n" in data:
            del data[data.rindex(b"\n") + 1 :]  # a torn line is of no use
        return bytes(data), "reset"
    return bytes(data), "eof"
