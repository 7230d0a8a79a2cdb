"""Closes the caller's socket when the connection is broken.

caught by: test_the_socket_comes_back_as_it_was
words: your code closed the caller's socket after the break
breaks: 7
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
