"""Watches for input alone.

caught by: test_pending_output_waits_for_room
words: output was pending and there was room, and your lists did not tell the loop to send
"""


def interest(connections):
    return [connection.sock for connection in connections], []
