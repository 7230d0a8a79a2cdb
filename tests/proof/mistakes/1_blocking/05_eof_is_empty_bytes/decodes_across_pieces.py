"""Decodes across the pieces, and still takes every stream for text.

caught by: test_bytes_that_are_no_text_come_through
words: UnicodeDecodeError
"""

import codecs


def recv_all(sock):
    decoder = codecs.getincrementaldecoder("utf-8")()
    text = ""
    while piece := sock.recv(1024):
        text += decoder.decode(piece)
    return text.encode()
