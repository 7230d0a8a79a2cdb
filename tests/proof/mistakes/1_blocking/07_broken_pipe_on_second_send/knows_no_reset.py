"""Catches the exception of a broken pipe alone.

caught by: test_after_a_reset_the_first_send_breaks
words: ConnectionResetError ECONNRESET
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            sock.sendall(message)
        except BrokenPipeError:
            break
        taken += 1
    return taken
