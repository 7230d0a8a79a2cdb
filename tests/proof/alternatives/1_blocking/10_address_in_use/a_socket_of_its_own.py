"""Makes a class of its own that is a listener as soon as it exists."""

import socket


class Listener(socket.socket):
    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(socket.AF_INET, socket.SOCK_STREAM)
        try:
            self.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.bind(address)
            self.listen()
        except BaseException:
            self.close()
            raise


def open_listener(address: tuple[str, int]) -> socket.socket:
    return Listener(address)
