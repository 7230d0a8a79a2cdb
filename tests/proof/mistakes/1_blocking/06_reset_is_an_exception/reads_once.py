"""Takes the first read for all of it.

caught by: test_silence_is_neither
words: the peer paused, and your code took that for the end
"""


def read_to_end(sock):
    try:
        return sock.recv(1 << 24), "eof"
    except ConnectionResetError:
        return b"", "reset"
