"""Closes first, unregisters the number that it remembers, and ignores the EBADF.

caught by: test_nothing_is_reported_for_the_closed_number
words: epoll reported a closed number: a duplicate keeps the entry alive
"""


def forget(epoll, sock):
    number = sock.fileno()
    sock.close()
    try:
        epoll.unregister(number)
    except (OSError, ValueError):
        pass
