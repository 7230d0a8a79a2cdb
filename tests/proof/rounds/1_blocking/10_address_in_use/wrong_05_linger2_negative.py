"""It sets TCP_LINGER2 to -1, which connections inherit, so shutdown(SHUT_WR) and a later close() end in a reset.

caught by: test_its_connections_end_without_a_reset
words: The server closed a connection first, and its client got a reset behind the end
"""

import socket


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_LINGER2, -1)  # no FIN_WAIT2
        listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
