"""Catches ValueError together with KeyError: a closed socket looks watched.

caught by: test_a_closed_socket_is_an_error
words: a closed socket cannot be watched, and the caller never finds out
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    try:
        selector.unregister(sock)
    except (KeyError, ValueError):
        pass
    try:
        if events:
            selector.register(sock, events, data)
    except ValueError:
        pass
