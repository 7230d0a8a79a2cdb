"""The first silence is slept through, but after the first bytes the socket is asked again and again without
sleep.

caught by: test_silence_is_neither
words: a busy loop
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = bytearray()
    flags = 0
    while True:
        try:
            piece = sock.recv(65536, flags)
        except ConnectionResetError:
            return bytes(data), "reset"
        except BlockingIOError:
            if sock.gettimeout() is None:
                continue
            raise
        if not piece:
            return bytes(data), "eof"
        data += piece
        flags = socket.MSG_DONTWAIT
