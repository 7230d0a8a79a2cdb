"""Takes any byte on the wake-up descriptor for the signal that was asked for.

caught by: test_another_signal_is_no_answer
words: another signal came, and your code took it for an answer: the wait must go on
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
                return "signal"
        finally:
            signal.signal(signum, former)
            signal.set_wakeup_fd(former_fd)
