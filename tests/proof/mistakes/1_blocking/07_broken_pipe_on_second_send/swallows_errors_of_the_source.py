"""Holds the whole loop in the try: an error of the messages looks like one of the connection.

caught by: test_an_error_of_the_source_gets_out
words: messages ended in an error, and nobody gets to know
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
