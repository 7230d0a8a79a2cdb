"""It takes only the port from the address and binds 127.0.0.1, so a listener asked for on 127.0.0.2 is elsewhere.

caught by: test_an_address_of_another_machine_is_an_error
words: No machine has this address, and your code did not say so
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", address[1]))
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
