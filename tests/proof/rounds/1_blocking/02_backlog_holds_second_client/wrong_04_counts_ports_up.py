"""It tries the ports from 20000 on until one is free, instead of port 0.

caught by: test_the_kernel_chooses_the_port
words: your code chose the port itself
"""

import errno
import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        for port in range(20000, 65536):
            try:
                listener.bind(("127.0.0.1", port))
                break
            except OSError as error:
                if error.errno != errno.EADDRINUSE or port == 65535:
                    raise
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    return listener
