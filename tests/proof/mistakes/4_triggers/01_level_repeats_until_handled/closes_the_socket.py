"""Closes the socket at the end of the stream, though only one direction has ended.

caught by: test_the_socket_stays_open_for_an_answer
words: your code closed the caller's socket, who may still want to send
"""

import select


def drain_level(sock, size):
    pieces = [b"?"]
    with sock:
        while pieces[-1]:
            select.select([sock], [], [])
            pieces.append(sock.recv(size))
    return pieces[1:]
