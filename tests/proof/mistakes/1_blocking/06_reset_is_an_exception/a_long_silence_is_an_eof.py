"""Takes it for the end when nothing has come for a while.

caught by: test_silence_is_neither
words: stream ends when the peer closes, not when it pauses
"""


def read_to_end(sock):
    before = sock.gettimeout()
    sock.settimeout(0.2)
    data = b""
    try:
        while piece := sock.recv(1024):
            data += piece
    except ConnectionResetError:
        return data, "reset"
    except TimeoutError:
        pass
    finally:
        sock.settimeout(before)
    return data, "eof"
