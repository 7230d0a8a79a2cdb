"""Puts the default action in place of the handler that the program had.

caught by: test_the_callers_handler_is_back
words: the signal ended the wait, and your code did not put the program's own handler back
"""

import select
import signal
import socket


def wait_readable_or_signal(sock, signum):
    numbers, wakeup = socket.socketpair()
    with numbers, wakeup:
        wakeup.setblocking(False)
        former_fd = signal.set_wakeup_fd(wakeup.fileno())
        signal.signal(signum, lambda *_: None)
        try:
            while True:
                readable, _, _ = select.select([sock, numbers], [], [])
                if sock in readable:
                    return "readable"
                if signum in numbers.recv(4096):
                    return "signal"
        finally:
            signal.signal(signum, signal.SIG_DFL)
            signal.set_wakeup_fd(former_fd)
