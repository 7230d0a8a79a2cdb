"""Shuts down both directions and closes: what lies unread stays unread.

caught by: test_a_reply_in_flight_arrives_whole
words: a reset cut off a reply that was still on its way
"""

import socket


def lingering_close(sock, limit):
    sock.shutdown(socket.SHUT_RDWR)
    sock.close()
    return 0
