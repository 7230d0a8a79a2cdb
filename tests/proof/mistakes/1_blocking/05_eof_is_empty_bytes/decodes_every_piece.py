"""Decodes every piece on its own.

caught by: test_a_character_may_be_cut_by_a_read
words: UnicodeDecodeError
"""


def recv_all(sock):
    text = ""
    while piece := sock.recv(1024):
        text += piece.decode()
    return text.encode()
