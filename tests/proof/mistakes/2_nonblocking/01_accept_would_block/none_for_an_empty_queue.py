"""Returns None when nobody is connecting: the caller cannot loop over that.

caught by: test_nobody_is_connecting
words: the queue was empty, and your function returned something else than []
breaks: 3
"""


def accept_pending(listener):
    accepted = []
    try:
        while True:
            accepted.append(listener.accept()[0])
    except BlockingIOError:
        return accepted or None
    except OSError:
        for conn in accepted:
            conn.close()
        raise
