"""Takes it that one send takes everything.

caught by: test_a_message_taken_in_part_does_not_count
words: the kernel took a part of a message, and your code counted it
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            sock.send(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        taken += 1
    return taken
