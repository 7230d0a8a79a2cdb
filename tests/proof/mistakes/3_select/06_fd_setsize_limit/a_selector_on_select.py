"""Takes the selector that is select() underneath: it registers any number, and cannot wait for it.

caught by: test_a_descriptor_of_any_number_is_watched
words: ValueError: filedescriptor out of range in select()
"""

import selectors

FIRST_REFUSED = 1024


def wait_readable_fds(fds, timeout):
    with selectors.SelectSelector() as selector:
        for fd in fds:
            selector.register(fd, selectors.EVENT_READ)
        return [key.fd for key, _ in selector.select(timeout)]
