"""Sets a wake-up descriptor and no handler: the signal does what it does by default.

caught by: test_the_signal_ends_the_wait
words: the process was killed by SIGUSR1
"""

import select
import signal
import socket


def wait_readable_or_signal(sock, signum):
    numbers, wakeup = socket.socketpair()
    with numbers, wakeup:
        wakeup.setblocking(False)
        former_fd = signal.set_wakeup_fd(wakeup.fileno())
        try:
            while True:
                readable, _, _ = select.select([sock, numbers], [], [])
                if sock in readable:
                    return "readable"
                if signum in numbers.recv(4096):
                    return "signal"
        finally:
            signal.set_wakeup_fd(former_fd)
