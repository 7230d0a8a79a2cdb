"""Says that a listener with a timeout blocks, for accept() waits.

caught by: test_sockets_of_every_kind_have_three_modes
words: the timeout of a socket was 30, and your function did not return 'timeout'
breaks: 2
"""

import socket

EMPTY_RECV: dict[str, str | None] = {
    "blocking": "sleeps",
    "non-blocking": "BlockingIOError",
    "timeout": "TimeoutError",
}


def io_mode(sock: socket.socket) -> str:
    timeout = sock.gettimeout()
    if timeout and sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        return "blocking"
    if timeout is None:
        return "blocking"
    return "timeout" if timeout else "non-blocking"
