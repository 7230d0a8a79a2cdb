"""Leaves out the last byte of a message that is longer than 64 KiB, and counts it.

caught by: test_long_messages_go_out_whole
words: a part of a long message was not sent
breaks: 1
"""


def deliver(sock, messages):
    taken = 0
    for message in messages:
        try:
            sock.sendall(message if len(message) <= 65536 else message[:-1])
        except (BrokenPipeError, ConnectionResetError):
            break
        taken += 1
    return taken
