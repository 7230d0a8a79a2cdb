"""Skips a message that fails and counts it all the same.

caught by: test_the_second_send_after_the_peer_closed_breaks
words: the kernel took the first message after the close and no more, and your code returned another count
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            pass
        taken += 1
    return taken
