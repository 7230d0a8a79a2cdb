"""Takes an empty queue for the end, once something has come.

caught by: test_silence_is_neither
words: the peer paused, and your code took that for the end
"""

import socket


def read_to_end(sock):
    data = b""
    try:
        while piece := sock.recv(4096, socket.MSG_DONTWAIT if data else 0):
            data += piece
    except BlockingIOError:
        pass
    except ConnectionResetError:
        return data, "reset"
    return data, "eof"
