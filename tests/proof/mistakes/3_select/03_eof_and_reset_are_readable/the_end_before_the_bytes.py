"""Asks poll whether the peer has ended, before it asks for bytes.

caught by: test_bytes_before_the_end_are_data
words: the end was behind bytes, and your code did not say "data
"""

import select


def classify_ready(socks):
    poll = select.poll()
    by_number = {sock.fileno(): sock for sock in socks}
    for number in by_number:
        poll.register(number, select.POLLIN | select.POLLRDHUP)
    found = {}
    for number, mask in poll.poll(0):
        kind = "reset" if mask & select.POLLERR else "eof" if mask & select.POLLRDHUP else "data"
        found[by_number[number]] = kind
    return found
