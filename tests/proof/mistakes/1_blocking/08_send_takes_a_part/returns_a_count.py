"""Returns how many bytes were sent, which is always all of them.

caught by: test_a_short_message_is_sent
words: your code returned a count
breaks: 6
"""


def send_all(sock, data):
    total = 0
    while total < len(data):
        total += sock.send(data[total:])
    return total
