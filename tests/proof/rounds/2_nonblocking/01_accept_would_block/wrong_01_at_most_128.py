"""Accepts at most 128 connections at one call.

caught by: test_they_come_in_the_order_of_arrival
words: your function stopped accepting, and clients were still in the queue
"""

import socket


def accept_pending(listener: socket.socket) -> list[socket.socket]:
    connections = []
    try:
        for _ in range(128):  # no queue is longer
            try:
                conn, _ = listener.accept()
            except BlockingIOError:
                break
            connections.append(conn)
    except BaseException:
        for conn in connections:
            conn.close()
        raise
    return connections
