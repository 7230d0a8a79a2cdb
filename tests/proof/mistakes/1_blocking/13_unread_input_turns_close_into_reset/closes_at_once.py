"""Closes, and leaves the rest to the kernel: the kernel resets.

caught by: test_the_peer_reads_the_reply_and_the_end
words: your code closed with unread input, and the connection was reset
"""


def lingering_close(sock, limit):
    sock.close()
    return 0
