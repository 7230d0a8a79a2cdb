"""Sets IP_FREEBIND, so an address that this machine does not have raises no EADDRNOTAVAIL.

caught by: test_an_address_of_another_machine_is_an_error
words: no machine has this address, and your code did not say so
"""

import socket

IP_FREEBIND = getattr(socket, "IP_FREEBIND", 15)  # Linux


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # start even if the network is not up yet
        listener.setsockopt(socket.IPPROTO_IP, IP_FREEBIND, 1)
        listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
