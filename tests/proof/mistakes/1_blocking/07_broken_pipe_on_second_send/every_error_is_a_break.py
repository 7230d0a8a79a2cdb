"""Takes every error for a broken connection.

caught by: test_a_socket_that_is_closed_here_is_no_break
words: the socket was closed here, and your code took that for a broken connection
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
