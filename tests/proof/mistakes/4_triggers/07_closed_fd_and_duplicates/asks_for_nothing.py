"""Empties the mask instead of removing the entry: a hangup is reported all the same.

caught by: test_no_entry_is_left_behind
words: epoll reported the peer's end for a closed number: its entry was still there
"""


def forget(epoll, sock):
    if sock.fileno() == -1:
        return
    try:
        epoll.modify(sock, 0)
    except FileNotFoundError:
        pass
    finally:
        sock.close()
