"""A pipe for the wake-up descriptor, poll() for the wait, one byte at a time, and an event for a flag."""

import os
import select
import signal
import socket
import threading


def wait_readable_or_signal(sock: socket.socket, signum: int) -> str:
    came = threading.Event()
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    reader, writer = os.pipe()
    try:
        os.set_blocking(writer, False)
        poll.register(reader, select.POLLIN)
        former_fd = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        former = signal.signal(signum, lambda *_: came.set())
        try:
            while True:
                ready = [fd for fd, _ in poll.poll()]
                if reader in ready:
                    os.read(reader, 1)
                if came.is_set():
                    return "signal"
                if sock.fileno() in ready:
                    return "readable"
        finally:
            signal.signal(signum, former)
            signal.set_wakeup_fd(former_fd)
    finally:
        os.close(writer)
        os.close(reader)
