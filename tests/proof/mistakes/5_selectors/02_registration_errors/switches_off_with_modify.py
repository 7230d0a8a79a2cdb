"""Switches off with modify(sock, 0), which some classes accept.

caught by: test_no_events_take_the_socket_out
words: watched for nothing: the socket is not registered any more
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    if sock in selector.get_map():
        selector.modify(sock, events, data)
    elif events:
        selector.register(sock, events, data)
