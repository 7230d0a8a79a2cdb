"""Takes it for the end when nothing has come for ten seconds.

caught by: test_silence_is_neither
words: the peer may be silent for as long as it likes, and your code limited the wait
breaks: 3
"""


def read_to_end(sock):
    before = sock.gettimeout()
    if before is None:
        sock.settimeout(10)
    data = b""
    try:
        while piece := sock.recv(1024):
            data += piece
    except ConnectionResetError:
        return data, "reset"
    except TimeoutError as error:
        if before is not None or error.errno:
            raise
    finally:
        if before is None and sock.fileno() != -1:
            sock.settimeout(before)
    return data, "eof"
