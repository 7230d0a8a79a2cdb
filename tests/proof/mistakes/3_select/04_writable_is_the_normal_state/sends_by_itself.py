"""Sends what it can, and lists those that have something left.

caught by: test_it_only_tells_what_to_watch
words: your code changed the pending output, which is the loop's to send
"""

import socket


def interest(connections):
    for connection in connections:
        if connection.pending:
            try:
                sent = connection.sock.send(connection.pending, socket.MSG_DONTWAIT)
            except BlockingIOError:
                sent = 0
            del connection.pending[:sent]
    readers = [connection.sock for connection in connections]
    return readers, [connection.sock for connection in connections if connection.pending]
