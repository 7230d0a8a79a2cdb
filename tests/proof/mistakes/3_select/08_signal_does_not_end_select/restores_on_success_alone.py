"""Puts handler and descriptor back when the wait went well, and not when it raised.

caught by: test_after_an_error_everything_is_back_too
words: your code did not put the program's own handler back
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
        answer = ""
        while not answer:
            readable, _, _ = select.select([sock, numbers], [], [])
            if sock in readable:
                answer = "readable"
            elif signum in numbers.recv(4096):
                answer = "signal"
        signal.signal(signum, former)
        signal.set_wakeup_fd(former_fd)
        return answer
