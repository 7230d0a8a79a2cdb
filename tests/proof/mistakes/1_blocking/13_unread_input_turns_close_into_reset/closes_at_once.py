"""Closes, and leaves the rest to the kernel: the kernel resets.

caught by: test_the_peer_reads_the_reply_and_the_end
words: with unread input resets the connection
"""


def lingering_close(sock, limit):
    sock.close()
    return 0
