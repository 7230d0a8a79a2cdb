"""Collects all messages before it sends the first.

caught by: test_each_message_goes_out_before_the_next_is_asked_for
words: messages may be made one by one
"""


def deliver(sock, messages):
    taken = 0
    for message in list(messages):
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        taken += 1
    return taken
