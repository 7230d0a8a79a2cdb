"""Adds to the writers, and never takes anybody out again.

caught by: test_the_interest_ends_with_the_output
words: all output had been sent, and your code still watched for room: a busy loop
"""

writers = []


def interest(connections):
    for connection in connections:
        if connection.pending and connection.sock not in writers:
            writers.append(connection.sock)
    return [connection.sock for connection in connections], writers
