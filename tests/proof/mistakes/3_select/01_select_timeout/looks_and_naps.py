"""Looks again and again, with naps that no input can end.

caught by: test_input_before_the_deadline_ends_the_wait
words: time.sleep() cannot be woken by a socket
"""

import select
import time


def wait_readable(socks, deadline, clock):
    while True:
        readable, _, _ = select.select(socks, [], [], 0)
        if readable or (deadline is not None and clock() >= deadline):
            return readable
        time.sleep(0.01)
