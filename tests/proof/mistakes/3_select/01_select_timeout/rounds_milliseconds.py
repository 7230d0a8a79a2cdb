"""Rounds the limit to whole milliseconds, up or down, for poll().

caught by: test_it_waits_until_the_deadline_on_the_given_clock
words: your code gave up before the given clock had reached the deadline
"""

import select


def wait_readable(socks, deadline, clock):
    poll = select.poll()
    for sock in socks:
        poll.register(sock, select.POLLIN)
    ready = poll.poll(None if deadline is None else round(max(0, deadline - clock()) * 1000))
    numbers = [fd for fd, _ in ready]
    return [sock for sock in socks if sock.fileno() in numbers]
