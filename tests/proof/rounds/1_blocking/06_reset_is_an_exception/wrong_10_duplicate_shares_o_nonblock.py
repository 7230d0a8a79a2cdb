"""Makes a duplicate blocking to spare the original, but they share O_NONBLOCK.

caught by: test_ctrl_c_leaves_nothing_behind
words: Ctrl-C was pressed, and your code left the socket in another mode
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    data = bytearray()
    with sock.dup() as twin:
        twin.settimeout(None)
        try:
            while piece := twin.recv(65536):
                data += piece
        except ConnectionResetError:
            return bytes(data), "reset"
    return bytes(data), "eof"
