"""Holds the whole loop in the try: an error of the messages looks like one of the connection.

caught by: test_an_error_of_the_messages_propagates
words: `messages` raised an error, and the caller never finds out
"""


def deliver(sock, messages):
    taken = 0
    try:
        for message in messages:
            sock.sendall(message)
            taken += 1
    except (BrokenPipeError, ConnectionResetError):
        pass
    return taken
