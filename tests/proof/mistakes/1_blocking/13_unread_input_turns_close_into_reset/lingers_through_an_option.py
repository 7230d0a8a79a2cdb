"""Trusts SO_LINGER, which waits for the send queue, but not when there is unread input.

caught by: test_a_reply_in_flight_arrives_whole
words: a reset cut off a reply that was still on its way
"""

import socket
import struct


def lingering_close(sock, limit):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 5))
    sock.close()
    return 0
