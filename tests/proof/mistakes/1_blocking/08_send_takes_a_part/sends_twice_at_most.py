"""Sends the rest once, and takes it that this is enough.

caught by: test_it_takes_as_many_sends_as_it_takes
words: number of sends is enough for certain
"""


def send_all(sock, data):
    taken = sock.send(data)
    if taken < len(data):
        sock.send(data[taken:])
