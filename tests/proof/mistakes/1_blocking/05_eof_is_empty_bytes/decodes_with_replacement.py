"""Replaces what it cannot decode.

caught by: test_bytes_that_are_no_text_come_through
words: bytes are returned as they were sent, whatever they mean
"""


def recv_all(sock):
    text = ""
    while piece := sock.recv(1024):
        text += piece.decode(errors="replace")
    return text.encode()
