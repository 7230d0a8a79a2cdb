"""Gives a blocking descriptor to set_wakeup_fd.

caught by: test_what_can_be_read_already_ends_the_wait_at_once
words: must be in non-blocking mode
"""

import select
import signal
import socket


def wait_readable_or_signal(sock, signum):
    numbers, wakeup = socket.socketpair()
    with numbers, wakeup:
        former_fd = signal.set_wakeup_fd(wakeup.fileno())
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
            signal.set_wakeup_fd(former_fd)
