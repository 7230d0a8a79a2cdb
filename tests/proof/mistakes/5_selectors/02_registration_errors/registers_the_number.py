"""Registers the descriptor number instead of the socket.

caught by: test_an_unknown_socket_is_registered
words: the key did not hold the socket itself: callbacks get it from there
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    try:
        selector.unregister(sock)
    except KeyError:
        pass
    if events:
        selector.register(sock.fileno(), events, data)
