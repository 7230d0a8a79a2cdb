"""Loses the last piece when it is shorter than a block.

caught by: test_a_short_message_is_sent
words: two short messages were sent
"""

BLOCK = 1024


def send_all(sock, data):
    for number in range(len(data) // BLOCK):
        block = data[number * BLOCK : (number + 1) * BLOCK]
        while block:
            block = block[sock.send(block) :]
