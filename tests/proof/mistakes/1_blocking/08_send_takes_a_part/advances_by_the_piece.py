"""Cuts the message into pieces and takes it that each piece goes as a whole.

caught by: test_it_advances_by_what_was_taken_not_by_what_was_offered
words: your code advanced by what it had offered
"""


def send_all(sock, data):
    for start in range(0, len(data), 8):
        sock.send(data[start : start + 8])
