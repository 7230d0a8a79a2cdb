"""Closes the socket and lets the kernel do the rest, which it does not when a duplicate lives.

caught by: test_nothing_is_reported_for_the_closed_number
words: epoll reported a closed number: a duplicate keeps the entry alive
"""


def forget(epoll, sock):
    sock.close()
