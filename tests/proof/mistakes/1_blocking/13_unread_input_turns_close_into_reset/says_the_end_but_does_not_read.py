"""Ends its own direction properly and closes with the input unread.

caught by: test_a_reply_in_flight_arrives_whole
words: a reset cut off a reply that was still on its way
"""

import socket


def lingering_close(sock, limit):
    sock.shutdown(socket.SHUT_WR)
    sock.close()
    return 0
