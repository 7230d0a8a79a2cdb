"""Ends its own pair before it closes it: nobody else has a descriptor of it."""

import select
import signal
import socket


def wait_readable_or_signal(sock, signum):
    came = []

    def note(number, frame):
        came.append(number)

    reader, wakeup = socket.socketpair()
    with reader, wakeup:
        wakeup.setblocking(False)
        former_fd = signal.set_wakeup_fd(wakeup.fileno(), warn_on_full_buffer=False)
        try:
            former = signal.signal(signum, note)
            try:
                return _wait(sock, reader, came)
            finally:
                signal.signal(signum, former)
        finally:
            signal.set_wakeup_fd(former_fd)
            for end in (reader, wakeup):
                end.shutdown(socket.SHUT_RDWR)


def _wait(sock, reader, came):
    while not came:
        readable, _, _ = select.select([sock, reader], [], [])
        if sock in readable:
            return "readable"
        reader.recv(4096)
    return "signal"
