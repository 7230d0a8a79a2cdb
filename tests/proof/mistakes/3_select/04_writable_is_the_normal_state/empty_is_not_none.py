"""Asks whether there is an output buffer, and there is one: it is empty.

caught by: test_idle_connections_let_the_loop_sleep
words: nothing happened, and the loop was woken at once: a busy loop
"""


def interest(connections):
    readers = [connection.sock for connection in connections]
    writers = [connection.sock for connection in connections if connection.pending is not None]
    return readers, writers
