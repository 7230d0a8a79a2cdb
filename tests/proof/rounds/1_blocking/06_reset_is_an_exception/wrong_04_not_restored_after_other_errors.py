"""Turns the timeout off for the reading, and puts it back at the end and after a reset, but not when another error propagates.

caught by: test_ctrl_c_leaves_nothing_behind
words: Ctrl-C was pressed, and your code left the socket in another mode
"""

import fcntl
import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    timeout = sock.gettimeout()
    flags = fcntl.fcntl(sock, fcntl.F_GETFL)
    sock.settimeout(None)
    data = bytearray()
    end = "eof"
    try:
        while piece := sock.recv(65536):
            data += piece
    except ConnectionResetError:
        end = "reset"
    sock.settimeout(timeout)
    fcntl.fcntl(sock, fcntl.F_SETFL, flags)
    return bytes(data), end
