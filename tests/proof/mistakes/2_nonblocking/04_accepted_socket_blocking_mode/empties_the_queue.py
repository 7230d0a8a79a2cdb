"""Takes everybody from the queue and keeps the others for the calls that follow.

caught by: test_it_returns_the_connection_and_the_address_of_the_client
words: three clients were in the queue, and one call took more than one of them
breaks: 1
"""

import select
import socket
import weakref

waiting = weakref.WeakKeyDictionary()


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    if not waiting.get(listener):
        found = [listener.accept()]
        while select.select([listener], [], [], 0)[0]:
            found.append(listener.accept())
        waiting[listener] = found
    conn, address = waiting[listener].pop(0)
    conn.setblocking(False)
    return conn, address
