"""Takes a short count for a failure.

caught by: test_the_rest_is_sent_too
words: only 10 of 15 bytes were sent
"""


def send_all(sock, data):
    taken = sock.send(data)
    if taken != len(data):
        raise OSError(f"only {taken} of {len(data)} bytes were sent")
