"""Reads all numbers and looks at the first one.

caught by: test_the_signal_is_seen_behind_another
words: two signals came, and your code slept on: it overlooked the second one, which was asked for
"""

import select
import signal
import socket


def wait_readable_or_signal(sock, signum):
    numbers, wakeup = socket.socketpair()
    with numbers, wakeup:
        wakeup.setblocking(False)
        former_fd = signal.set_wakeup_fd(wakeup.fileno())
        former = signal.signal(signum, lambda *_: None)
        try:
            while True:
                readable, _, _ = select.select([sock, numbers], [], [])
                if sock in readable:
                    return "readable"
                if numbers.recv(4096)[0] == signum:
                    return "signal"
        finally:
            signal.signal(signum, former)
            signal.set_wakeup_fd(former_fd)
