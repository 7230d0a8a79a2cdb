"""Gives SIGPIPE its default action back, as in a shell tool: the kernel ends the process.

caught by: test_the_second_send_after_the_peer_closed_breaks
words: SIGPIPE
"""

import signal


def deliver(sock, messages):
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    taken = 0
    for message in messages:
        try:
            sock.sendall(message)
        except (BrokenPipeError, ConnectionResetError):
            break
        taken += 1
    return taken
