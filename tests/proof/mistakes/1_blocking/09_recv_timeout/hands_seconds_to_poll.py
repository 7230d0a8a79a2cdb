"""Gives seconds to poll, which takes milliseconds.

caught by: test_silence_is_awaited_for_the_whole_time
words: gave up before the time was over
"""

import select


def recv_within(sock, n, seconds):
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return sock.recv(n) if poll.poll(seconds) else None
