"""Closes the number behind the socket's back: the object still believes that it is open.

caught by: test_a_number_that_is_anothers_by_now_is_left_alone
words: another socket had this number by then, and your code gave that one up
"""

import os


def forget(epoll, sock):
    number = sock.fileno()
    if number == -1:
        return
    try:
        epoll.unregister(number)
    except FileNotFoundError:
        pass
    os.close(number)
