"""Catches the exception of a reset alone.

caught by: test_the_second_send_after_the_peer_closed_breaks
words: BrokenPipeError EPIPE
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            sock.sendall(message)
        except ConnectionResetError:
            break
        taken += 1
    return taken
