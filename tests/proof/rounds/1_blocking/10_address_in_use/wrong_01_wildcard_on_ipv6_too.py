"""Opens 0.0.0.0 as a dual-stack socket, so it listens on every IPv6 address as well.

caught by: test_it_listens_on_that_address_alone
words: your code was given 0.0.0.0, and its listener listens on IPv6 addresses too
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    if address[0] == "0.0.0.0":  # all addresses
        family, address = socket.AF_INET6, ("::", address[1])
    else:
        family = socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
