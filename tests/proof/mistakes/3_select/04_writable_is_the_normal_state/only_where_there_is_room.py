"""Asks the kernel first: where there is no room just now, nobody will tell when there is.

caught by: test_output_without_room_waits_until_there_is_some
words: there was room again and output for it, and your lists did not watch for the room
"""

import select


def interest(connections):
    writers = [connection.sock for connection in connections if connection.pending]
    _, writers, _ = select.select([], writers, [], 0)
    return [connection.sock for connection in connections], writers
