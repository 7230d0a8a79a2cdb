"""All the clients that stand in the queue are accepted at once and kept in a deque of the module for the next
calls.

caught by: test_one_call_serves_one_client
words: one call took two clients from the queue
"""

import select
import socket
import weakref
from collections import deque

_waiting = weakref.WeakKeyDictionary()  # listener -> accepted, not yet greeted


def _accept(listener):
    while True:
        try:
            return listener.accept()
        except BlockingIOError:
            poller = select.poll()
            poller.register(listener, select.POLLIN)
            poller.poll()


def serve_one(listener: socket.socket, greeting: bytes) -> tuple[str, int]:
    listener.getsockname()  # OSError if it is closed
    queue = _waiting.setdefault(listener, deque())
    if not queue:
        queue.append(_accept(listener))
        poller = select.poll()
        poller.register(listener, select.POLLIN)
        while poller.poll(0):
            queue.append(listener.accept())
    conn, address = queue.popleft()
    with conn:
        conn.setblocking(True)
        conn.sendall(greeting)
    return address
