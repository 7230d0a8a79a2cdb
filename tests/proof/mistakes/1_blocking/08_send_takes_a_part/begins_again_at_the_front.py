"""Counts what was taken and offers the whole message each time.

caught by: test_the_next_send_begins_behind_what_was_taken
words: send() has taken must not be offered again
"""


def send_all(sock, data):
    total = 0
    while total < len(data):
        total += sock.send(data)
