"""Sends the rest once, and takes it that this is enough.

caught by: test_a_message_may_need_any_number_of_sends
words: and your code stopped before the end
"""


def send_all(sock, data):
    taken = sock.send(data)
    if taken < len(data):
        sock.send(data[taken:])
