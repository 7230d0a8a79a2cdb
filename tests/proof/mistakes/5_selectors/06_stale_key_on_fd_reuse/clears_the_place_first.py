"""Unregisters the number, whoever has it.

caught by: test_a_socket_that_is_registered_already_is_refused
words: your code replaced a live key: its owner would never hear of its events again
"""


def adopt(selector, sock, events, data):
    try:
        selector.unregister(sock.fileno())
    except KeyError:
        pass
    return selector.register(sock, events, data)
