"""Writes to a buffered file object and counts what only the buffer took.

caught by: test_each_message_goes_out_before_the_next_is_asked_for
words: your code asked for a message before the one before it was sent
"""


def deliver(sock, messages):
    taken = 0
    with sock.makefile("wb") as stream:
        for message in messages:
            try:
                stream.write(message)
            except (BrokenPipeError, ConnectionResetError):
                break
            taken += 1
    return taken
