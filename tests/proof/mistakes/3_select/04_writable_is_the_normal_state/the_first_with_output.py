"""Stops at the first connection that has output.

caught by: test_everyone_with_output_is_watched_for_room
words: your writers were not the connections with output, all of them and no others
"""


def interest(connections):
    writers = []
    for connection in connections:
        if connection.pending:
            writers.append(connection.sock)
            break
    return [connection.sock for connection in connections], writers
