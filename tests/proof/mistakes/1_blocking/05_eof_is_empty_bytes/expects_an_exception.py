"""Expects an exception at the end of the stream.

caught by: test_a_peer_that_says_nothing_gives_empty_bytes
words: a busy loop
"""


def recv_all(sock):
    data = b""
    while True:
        try:
            data += sock.recv(1024)
        except OSError:
            return data
