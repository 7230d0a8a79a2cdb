"""Arms with EPOLLET: quiet until the next byte comes, and that goes to another thread.

caught by: test_what_comes_next_is_reported_to_one_thread_alone
words: your code armed the socket without EPOLLONESHOT: a second thread got it as well
"""

import select


def handle(epoll, sock):
    data = sock.recv(65536)
    epoll.modify(sock, select.EPOLLIN | select.EPOLLET)
    return data
