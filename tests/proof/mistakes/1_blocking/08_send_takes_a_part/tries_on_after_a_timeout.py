"""Takes the caller's timeout for an invitation to try again.

caught by: test_a_timeout_propagates_at_once
words: still blocked in sock.send(
"""


def send_all(sock, data):
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[sock.send(rest) :]
        except TimeoutError:
            continue
