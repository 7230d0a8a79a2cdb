"""Looks at every socket, also at those on which a read waits.

caught by: test_a_silent_socket_is_not_in_the_answer
words: your code waited for a socket on which nothing had happened
"""

import socket


def classify_ready(socks):
    found = {}
    for sock in socks:
        try:
            found[sock] = "data" if sock.recv(1, socket.MSG_PEEK) else "eof"
        except BlockingIOError:
            pass
        except ConnectionResetError:
            found[sock] = "reset"
    return found
