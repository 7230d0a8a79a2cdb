"""It closes the listener after an error of bind() or listen(), but raises an OSError of its own that has no errno.

caught by: test_a_socket_that_cannot_listen_is_not_left_open
words: listen() failed, and the caller did not get the kernel's error
"""

import socket

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def open_listener(backlog: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(backlog)
    except OSError as error:
        listener.close()
        raise OSError(f"cannot open a listener: {error}") from error
    except BaseException:
        listener.close()
        raise
    return listener
