"""Reads in a thread and gives up waiting for it: the thread goes on, and swallows the bytes that come after the limit.

caught by: test_bytes_between_two_calls_are_for_the_next_call
words: your code had returned, and a thread that it left behind took the next bytes
"""

import os
import queue
import select
import socket
import threading


def recv_within(sock: socket.socket, n: int, seconds: float) -> bytes | None:
    descriptor = sock.fileno()
    first_look = select.poll()
    first_look.register(descriptor, select.POLLIN)
    if first_look.poll(0):
        return os.read(descriptor, n)
    if seconds == 0:
        return None
    outcome: queue.Queue[object] = queue.Queue()

    def read() -> None:
        poller = select.poll()
        poller.register(descriptor, select.POLLIN)
        try:
            poller.poll()
            outcome.put(os.read(descriptor, n))
        except OSError as error:
            outcome.put(error)

    threading.Thread(target=read, daemon=True).start()
    try:
        result = outcome.get(timeout=seconds)
    except queue.Empty:
        return None
    if isinstance(result, OSError):
        raise result
    return result
