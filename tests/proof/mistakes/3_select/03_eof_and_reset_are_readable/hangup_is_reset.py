"""Takes poll's POLLHUP for a reset: it is also there when both sides have ended in good order.

caught by: test_our_own_end_is_not_the_peers
words: both sides had ended in good order, and your code did not say "eof
"""

import select
import socket


def classify_ready(socks):
    poll = select.poll()
    by_number = {sock.fileno(): sock for sock in socks}
    for number in by_number:
        poll.register(number, select.POLLIN)
    found = {}
    for number, mask in poll.poll(0):
        sock = by_number[number]
        if mask & select.POLLHUP:
            found[sock] = "reset"
        else:
            found[sock] = "data" if sock.recv(1, socket.MSG_PEEK) else "eof"
    return found
