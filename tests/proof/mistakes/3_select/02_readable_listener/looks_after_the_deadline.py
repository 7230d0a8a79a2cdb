"""Counts the time, and looks at the queue however late it is: clients that others take keep it for ever.

caught by: test_the_time_holds_for_the_whole_call
words: the time was over, and your code went on
"""

import select
import time
import socket


def accept_ready(listener, timeout):
    deadline = time.monotonic() + timeout
    before = listener.gettimeout()
    listener.setblocking(False)
    try:
        while True:
            left = max(0.0, deadline - time.monotonic())
            if not select.select([listener], [], [], left)[0]:
                return None
            try:
                return listener.accept()[0]
            except BlockingIOError:
                continue
    finally:
        listener.settimeout(before)
