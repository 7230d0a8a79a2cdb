"""Returns generators, which are used up by the first look.

caught by: test_two_lists_are_returned
words: your code did not return a tuple of two lists
"""


def interest(connections):
    readers = (connection.sock for connection in connections)
    writers = (connection.sock for connection in connections if connection.pending)
    return readers, writers
