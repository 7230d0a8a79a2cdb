"""Makes the socket inside try: if that fails, UnboundLocalError hides the cause.

caught by: test_an_error_of_the_first_step_propagates_as_well
words: your code raised UnboundLocalError: cannot access local variable 'listener' where it is no
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    try:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except BaseException:
        listener.close()
        raise
    return listener
