"""Counts what was taken and offers the whole message each time.

caught by: test_the_next_send_begins_after_what_was_taken
words: your code offered bytes again
breaks: 1
"""


def send_all(sock, data):
    total = 0
    while total < len(data):
        total += sock.send(data)
