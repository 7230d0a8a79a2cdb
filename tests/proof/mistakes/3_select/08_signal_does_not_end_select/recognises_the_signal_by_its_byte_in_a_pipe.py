"""Looks for the signal's number among the bytes of a pipe, which holds 65,536 of them and drops the rest.

caught by: test_the_signal_is_seen_behind_any_number_of_others
words: others, and your code slept on
"""

import os
import select
import signal
import socket


def wait_readable_or_signal(sock: socket.socket, signum: int) -> str:
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    reader, writer = os.pipe()
    try:
        os.set_blocking(writer, False)
        poll.register(reader, select.POLLIN)
        former_fd = signal.set_wakeup_fd(writer)
        former = signal.getsignal(signum)
        try:
            if not callable(former):  # a handler of the program's own does as well as any
                signal.signal(signum, lambda *_: None)
            while True:
                ready = [fd for fd, _ in poll.poll()]
                if reader in ready and signum in os.read(reader, 65536):
                    return "signal"
                if sock.fileno() in ready:
                    return "readable"
        finally:
            signal.signal(signum, former)
            signal.set_wakeup_fd(former_fd)
    finally:
        os.close(writer)
        os.close(reader)
