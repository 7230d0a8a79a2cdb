"""Arms with EPOLLET: quiet until the next byte comes, and that goes to another thread.

caught by: test_what_comes_next_is_reported_to_one_thread_alone
words: it was armed without EPOLLONESHOT: a second thread gets it as well
"""

import select


def handle(epoll, sock):
    data = sock.recv(65536)
    epoll.modify(sock, select.EPOLLIN | select.EPOLLET)
    return data
