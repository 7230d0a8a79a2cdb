"""Takes the first read for all of it.

caught by: test_silence_is_neither
words: stream ends when the peer closes, not when it pauses
"""


def read_to_end(sock):
    try:
        return sock.recv(1 << 24), "eof"
    except ConnectionResetError:
        return b"", "reset"
