"""When socket() itself fails (no descriptor free), the clean-up names a variable that does not exist yet:
UnboundLocalError.

caught by: test_an_error_of_the_first_step_propagates_as_well
words: UnboundLocalError
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    try:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.bind(("127.0.0.1", 0))
        sock.listen(backlog)
    except BaseException:
        sock.close()
        raise
    return sock
