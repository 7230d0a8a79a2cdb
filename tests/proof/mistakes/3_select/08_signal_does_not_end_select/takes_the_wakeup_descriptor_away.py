"""Leaves the process without a wake-up descriptor, whoever had set one.

caught by: test_the_callers_wakeup_descriptor_is_back
words: an event loop had set a wake-up descriptor, and your code did not put it back
"""

import select
import signal
import socket


def wait_readable_or_signal(sock, signum):
    numbers, wakeup = socket.socketpair()
    with numbers, wakeup:
        wakeup.setblocking(False)
        signal.set_wakeup_fd(wakeup.fileno())
        former = signal.signal(signum, lambda *_: None)
        try:
            while True:
                readable, _, _ = select.select([sock, numbers], [], [])
                if sock in readable:
                    return "readable"
                if signum in numbers.recv(4096):
                    return "signal"
        finally:
            signal.signal(signum, former)
            signal.set_wakeup_fd(-1)
