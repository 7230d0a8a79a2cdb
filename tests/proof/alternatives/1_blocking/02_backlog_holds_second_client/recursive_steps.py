"""The steps are a list that a recursion works off; whichever level fails, the outermost one closes. Address by
getaddrinfo().
"""

import errno
import socket
from collections.abc import Callable

ADMITTED: int | None = 2  # of five clients, at a listener with backlog 1


def _run(steps: list[Callable[[], object]]) -> None:
    if steps:
        steps[0]()
        _run(steps[1:])


def open_listener(backlog: int) -> socket.socket:
    family, kind, proto, _, address = socket.getaddrinfo(
        "127.0.0.1", 0, socket.AF_INET, socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
    )[0]
    sock = socket.socket(family, kind, proto)
    done = False
    try:
        _run([lambda: sock.bind(address), lambda: sock.listen(backlog)])
        done = True
        return sock
    except OverflowError as error:
        raise OSError(errno.EINVAL, str(error)) from error
    finally:
        if not done:
            sock.close()
