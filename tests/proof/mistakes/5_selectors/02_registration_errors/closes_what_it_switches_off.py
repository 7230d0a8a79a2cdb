"""Closes the socket when nobody wants to hear of it.

caught by: test_no_events_take_the_socket_out
words: your code closed the caller's socket
"""


def set_interest(selector, sock, events, data):
    if events & ~3:
        raise ValueError(events)
    known = sock in selector.get_map()
    if events and known:
        selector.modify(sock, events, data)
    elif events:
        selector.register(sock, events, data)
    elif known:
        selector.unregister(sock)
        sock.close()
