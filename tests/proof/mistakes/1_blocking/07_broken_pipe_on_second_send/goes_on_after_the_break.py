"""Tries every later message too, and so takes it from the caller.

caught by: test_no_message_is_asked_for_after_the_break
words: your code asked for further messages after the one that failed
breaks: 3
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            sock.sendall(message)
            taken += 1
        except (BrokenPipeError, ConnectionResetError):
            continue
    return taken
