"""Counts bytes.

caught by: test_a_peer_that_reads_gets_every_message
words: three messages were taken, and your code counted something else
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            taken += sock.send(message)
        except (BrokenPipeError, ConnectionResetError):
            break
    return taken
