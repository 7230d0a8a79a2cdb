"""Takes every error for a broken connection.

caught by: test_an_error_of_ones_own_propagates
words: closed socket of one's own is not a connection that broke
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            sock.sendall(message)
        except OSError:
            break
        taken += 1
    return taken
