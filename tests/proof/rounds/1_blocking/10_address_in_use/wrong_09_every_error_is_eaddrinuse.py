"""It turns whatever error bind() raises into EADDRINUSE, also that of an address that this machine does not have.

caught by: test_an_address_of_another_machine_is_an_error
words: No machine has this address, and your code did not say so
"""

import errno
import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as error:
            raise OSError(errno.EADDRINUSE, f"cannot bind {address}") from error
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
