"""Installs the handler before the descriptor: a signal between the two leaves no byte.

caught by: test_a_signal_just_before_the_wait_is_not_lost
words: your code lost a signal that came after the handler was installed
"""

import select
import signal
import socket


def wait_readable_or_signal(sock, signum):
    numbers, wakeup = socket.socketpair()
    with numbers, wakeup:
        wakeup.setblocking(False)
        former = signal.signal(signum, lambda *_: None)
        former_fd = signal.set_wakeup_fd(wakeup.fileno())
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
