"""It repeats bind() for two seconds on EADDRINUSE before it gives up, so the error does not come at once.

caught by: test_an_address_with_a_live_listener_is_refused_at_once
words: Your code slept before it told the caller that somebody is listening there
"""

import errno
import socket
import time


def open_listener(address: tuple[str, int]) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for _ in range(20):
            try:
                listener.bind(address)
                break
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                time.sleep(0.1)
        else:
            listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener
