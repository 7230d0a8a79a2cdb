"""Tries again until the address is free, for a minute or for ever.

caught by: test_an_address_with_a_live_listener_is_refused_at_once
words: still blocked in time.sleep(0.05)
"""

import errno
import socket
import time


def open_listener(address):
    listener = socket.socket()
    while True:
        try:
            listener.bind(address)
            listener.listen()
            return listener
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                listener.close()
                raise
            time.sleep(0.05)
