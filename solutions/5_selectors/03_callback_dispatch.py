"""5.3 callback dispatch: one call for each pair that select() returns.

Python documentation, selectors, "BaseSelector.select": a list of (key, events), one
for each ready file object, where events is a mask of what is ready on it.
"""

import selectors


def run_once(selector: selectors.BaseSelector, timeout: float | None) -> int:
    """Wait until something is ready and call the callbacks of all that is.

    Each key's data is a function of two arguments, the registered object and
    the mask of what is ready. timeout is in seconds; None is no limit. Returns
    the number of calls, 0 if the time has passed. Raises what a callback raises.
    """
    called = 0
    # The timeout goes on as it came: 0 and None are both false, and mean opposite things.
    # The result is a list, so callbacks may register and unregister while it is gone through.
    for key, mask in selector.select(timeout):
        # mask is what is ready; key.events is what was asked for. Readable and writable
        # at the same time is one pair and one call: the callback looks at the mask.
        key.data(key.fileobj, mask)
        # Nothing is caught: only the callback's author knows which errors are to be expected.
        called += 1
    return called
