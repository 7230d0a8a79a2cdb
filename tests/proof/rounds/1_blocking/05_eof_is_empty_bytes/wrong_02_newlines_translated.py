"""It reads through a text file of makefile() in Latin-1, which keeps every byte but turns CR and CR LF into LF.

caught by: test_bytes_that_are_no_text_come_through
words: Your code changed bytes that are no text
"""

import socket


def recv_all(sock: socket.socket) -> bytes:
    with sock.makefile("r", encoding="latin-1") as file:
        return file.read().encode("latin-1")
