"""Closes the caller's socket when the connection is broken.

caught by: test_the_socket_comes_back_as_it_was
words: socket belongs to the caller, who closes it, broken or not
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            sock.close()
            break
        taken += 1
    return taken
