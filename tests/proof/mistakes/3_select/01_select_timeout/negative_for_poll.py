"""Hands a negative time to poll, which takes it for "no limit".

caught by: test_a_deadline_that_has_passed_is_no_error
words: your code waited, although the deadline was not in the future: look once and return
"""

import math
import select


def wait_readable(socks, deadline, clock):
    poll = select.poll()
    by_number = {sock.fileno(): sock for sock in socks}
    for number in by_number:
        poll.register(number, select.POLLIN)
    timeout = None if deadline is None else math.ceil((deadline - clock()) * 1000)
    return [by_number[number] for number, _ in poll.poll(timeout)]
