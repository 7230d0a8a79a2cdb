"""Collects all messages before it sends the first.

caught by: test_each_message_goes_out_before_the_next_is_asked_for
words: your code asked for a message before the one before it was sent
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
