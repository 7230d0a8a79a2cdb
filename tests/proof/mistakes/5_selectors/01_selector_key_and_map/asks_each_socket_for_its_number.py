"""Looks each key up by the number of its socket, which a closed one does not have.

caught by: test_a_socket_that_was_closed_is_still_registered
words: a closed socket was still registered, and your dict lacked it
"""


def interests(selector):
    found = {}
    for fd, key in (selector.get_map() or {}).items():
        if key.fileobj == fd or key.fileobj.fileno() == fd:
            found[key.data] = key.events
    return found
