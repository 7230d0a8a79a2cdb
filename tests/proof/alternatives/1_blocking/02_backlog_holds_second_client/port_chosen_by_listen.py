"""Right: bind() fixes the address only (IP_BIND_ADDRESS_NO_PORT), and the kernel chooses the port inside
listen().
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1

IP_BIND_ADDRESS_NO_PORT = 24


def open_listener(backlog: int) -> socket.socket:
    done = False
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
        done = True
        return listener
    finally:
        if not done:
            listener.close()
