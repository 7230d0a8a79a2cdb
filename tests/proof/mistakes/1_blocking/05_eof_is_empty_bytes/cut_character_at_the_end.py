"""Decodes with an incremental decoder and never finishes it: a character that is cut at the very end is lost.

caught by: test_bytes_that_are_no_text_come_through
words: your code changed bytes that are no text
breaks: 2
"""

import codecs
import socket


def recv_all(sock: socket.socket) -> bytes:
    """Read everything up to the end of the peer's stream."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    text = []
    while piece := sock.recv(1024):
        text.append(decoder.decode(piece))
    return "".join(text).encode("utf-8", "surrogateescape")
