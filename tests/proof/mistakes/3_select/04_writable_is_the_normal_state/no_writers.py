"""Watches for input alone.

caught by: test_pending_output_waits_for_room
words: output is pending and there is room: the loop must be told to send
"""


def interest(connections):
    return [connection.sock for connection in connections], []
