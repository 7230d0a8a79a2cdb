"""Writes first: what has output is not read.

caught by: test_input_is_read_while_output_is_pending
words: input starves
"""


def interest(connections):
    readers, writers = [], []
    for connection in connections:
        (writers if connection.pending else readers).append(connection.sock)
    return readers, writers
