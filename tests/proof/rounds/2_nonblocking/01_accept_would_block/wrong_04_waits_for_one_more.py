"""Waits up to 20 ms for one more client, after each that it has accepted.

caught by: test_the_listener_stays_as_it_was
words: your code waited for a client, although the listener is non-blocking
"""

import select
import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections = []
    try:
        while True:
            try:
                conn, _ = listener.accept()
            except BlockingIOError:
                break
            connections.append(conn)
            poller = select.poll()
            poller.register(listener, select.POLLIN)
            poller.poll(20)  # milliseconds: clients often come in bursts
    except BaseException:
        for conn in connections:
            conn.close()
        raise
    return connections
