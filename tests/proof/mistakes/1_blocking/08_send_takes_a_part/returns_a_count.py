"""Returns how many bytes were sent, which is always all of them.

caught by: test_a_short_message_is_sent
words: or an error: there is no count to return
"""


def send_all(sock, data):
    total = 0
    while total < len(data):
        total += sock.send(data[total:])
    return total
