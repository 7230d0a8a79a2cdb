"""Sets the option, and tries a few times all the same when somebody is listening there.

caught by: test_an_address_with_a_live_listener_is_refused_at_once
words: your code slept before it told the caller
"""

import socket
import time


def open_listener(address):
    for _ in range(3):
        try:
            return socket.create_server(address)
        except OSError as error:
            last = error
            time.sleep(0.01)
    raise last
