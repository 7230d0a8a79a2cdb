"""Replaces what it cannot decode.

caught by: test_bytes_that_are_no_text_come_through
words: your code changed bytes that are no text
"""


def recv_all(sock):
    text = ""
    while piece := sock.recv(1024):
        text += piece.decode(errors="replace")
    return text.encode()
