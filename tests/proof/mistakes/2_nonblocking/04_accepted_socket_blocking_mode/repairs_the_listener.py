"""Sets the listener's timeout anew before it accepts, so that the kernel agrees with it.

caught by: test_the_listener_keeps_its_mode
words: your code changed O_NONBLOCK on the caller's listener, in the kernel
breaks: 5
"""

import socket


def accept_nonblocking(listener: socket.socket) -> tuple[socket.socket, tuple[str, int]]:
    listener.settimeout(listener.gettimeout())
    conn, address = listener.accept()
    conn.setblocking(False)
    return conn, address
