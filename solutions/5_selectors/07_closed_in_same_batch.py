"""5.7 closed in same batch: before each call, see who has the number now.

epoll(7), "Possible pitfalls and ways to avoid them", on event caches: an event that
was fetched before may be for a descriptor that was closed by an earlier one, and even
for a number that is somebody else's by now. It is the same with a list of keys.
"""

import selectors


def dispatch(selector: selectors.BaseSelector, events: list[tuple[selectors.SelectorKey, int]]) -> None:
    """Call the callback of each event in a batch whose object is still registered as it was.

    `events` is what selector.select() returned; the data of each registration is a
    callback that takes an object and a mask. Raises what a callback raises.
    """
    for key, mask in events:
        # Each time anew, because any callback can change it; None once the selector is closed.
        registered = selector.get_map()
        if registered is None:
            return
        # By number. By object the look-up goes by the number that the object has now, which
        # is another one or, if it is closed, none: and that is a ValueError.
        current = registered.get(key.fd)
        # The number may be a newcomer's. Only identity tells: `==` is true of whatever says so,
        # and the key itself is a new one after modify().
        if current is not None and current.fileobj is key.fileobj:
            current.data(current.fileobj, mask)
