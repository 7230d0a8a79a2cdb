"""Watches all for room as soon as one has output.

caught by: test_the_output_of_one_is_no_reason_to_watch_the_others
words: a connection had nothing to send, and your code watched it for room: a busy loop
"""


def interest(connections):
    socks = [connection.sock for connection in connections]
    return socks, list(socks) if any(connection.pending for connection in connections) else []
