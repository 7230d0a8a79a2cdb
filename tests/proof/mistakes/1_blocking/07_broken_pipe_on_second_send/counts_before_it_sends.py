"""Counts a message before it is sent.

caught by: test_the_second_send_after_the_peer_closed_breaks
words: the kernel took the first message after the close and no more, and your code returned another count
"""


def deliver(sock, messages):
    number = 0
    try:
        for number, message in enumerate(messages, 1):
            sock.sendall(message)
    except (BrokenPipeError, ConnectionResetError):
        pass
    return number
