"""After empty bytes it asks for the peer's name to tell FIN from RST: if both sides have sent FIN, or a RST came
after the FIN, it says "reset".

caught by: test_a_reset_after_the_fin_takes_nothing_back
words: a reset came after the end of the stream, and your code returned something else
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST."""
    data = bytearray()
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionResetError:
            return bytes(data), "reset"
        if not piece:
            break
        data += piece
    try:
        sock.getpeername()
    except OSError:  # not connected any more: the reset was told before
        return bytes(data), "reset"
    return bytes(data), "eof"
