"""Makes the socket blocking before it closes it: the duplicates share that mode.

caught by: test_what_a_duplicate_shares_stays_as_it_was
words: your code changed what the duplicates of the socket share
"""


def forget(epoll, sock):
    if sock.fileno() < 0:
        return
    sock.setblocking(True)
    try:
        epoll.unregister(sock)
    except (OSError, ValueError):
        pass
    finally:
        sock.close()
