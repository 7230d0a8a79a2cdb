"""Takes every error of a send for a broken connection.

caught by: test_each_error_at_any_message_is_reported_as_what_it_is
words: an error other than a broken connection did not propagate
"""


def deliver(sock, messages):
    count = 0
    for message in messages:
        try:
            sock.sendall(message)
        except TimeoutError:
            raise
        except OSError:
            if sock.fileno() < 0:
                raise
            break
        count += 1
    return count
