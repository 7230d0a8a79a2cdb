"""Looks through the map for the object, and closes the number that the socket gave up."""

import os


def drop(selector, sock):
    key = next((key for key in list(selector.get_map().values()) if key.fileobj is sock), None)
    if key is not None:
        selector.unregister(key.fileobj)
    number = sock.detach()
    if number >= 0:
        os.close(number)
