"""Puts the mode back, except on the socket that was reset.

caught by: test_sockets_in_any_mode_keep_it
words: your code left a socket in another mode or with another timeout
"""

import socket


def classify_ready(socks):
    found = {}
    for sock in socks:
        before = sock.gettimeout()
        sock.setblocking(False)
        try:
            found[sock] = "data" if sock.recv(1, socket.MSG_PEEK) else "eof"
        except BlockingIOError:
            pass
        except ConnectionResetError:
            found[sock] = "reset"
            continue
        sock.settimeout(before)
    return found
