"""After a timeout it sends the block once more, from its first byte.

caught by: test_a_timeout_propagates_at_once
words: a send() timed out, and your code sent again
"""

BLOCK = 65536


def send_all(sock, data):
    for start in range(0, len(data), BLOCK):
        block = data[start : start + BLOCK]
        done, tries = 0, 0
        while done < len(block):
            try:
                done += sock.send(block[done:])
            except TimeoutError:
                done, tries = 0, tries + 1
                if tries > 1:
                    raise
