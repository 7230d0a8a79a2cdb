"""Calls itself for the rest, and a thousand parts are too many for the stack.

caught by: test_a_message_may_need_any_number_of_sends
words: RecursionError
"""


def send_all(sock, data):
    if data:
        send_all(sock, data[sock.send(data) :])
