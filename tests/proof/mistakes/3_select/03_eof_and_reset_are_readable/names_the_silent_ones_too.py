"""Has an entry for every socket, None for those on which nothing has happened.

caught by: test_a_silent_socket_is_not_in_the_answer
words: nothing had happened on the socket, and your code gave it an entry
"""

import select
import socket


def classify_ready(socks):
    found = dict.fromkeys(socks)
    for sock in select.select(socks, [], [], 0)[0]:
        try:
            found[sock] = "data" if sock.recv(1, socket.MSG_PEEK) else "eof"
        except ConnectionResetError:
            found[sock] = "reset"
    return found
