"""One try round everything: what was taken before the break is forgotten.

caught by: test_the_second_send_after_the_peer_closed_breaks
words: the kernel took the first message after the close and no more, and your code returned another count
"""


def deliver(sock, messages):
    try:
        return len([sock.sendall(message) for message in messages])
    except (BrokenPipeError, ConnectionResetError):
        return 0
