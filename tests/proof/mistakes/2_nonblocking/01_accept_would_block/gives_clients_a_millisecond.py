"""Gives the next client a millisecond to come, each time, and puts the mode back.

caught by: test_the_listener_stays_as_it_was
words: your code waited for a client, although the listener is non-blocking
breaks: 4
"""


def accept_pending(listener):
    accepted = []
    listener.settimeout(0.001)
    try:
        while True:
            accepted.append(listener.accept()[0])
    except TimeoutError:
        return accepted
    except OSError:
        for conn in accepted:
            conn.close()
        raise
    finally:
        if listener.fileno() != -1:
            listener.setblocking(False)
