"""5.3 callback dispatch

select() returns pairs: the key of a registration, and a mask that says which of the
events it asked for are ready now. When the data of every registration is a callback,
one line for each pair drives a whole program.

The program below is wrong in several ways. Fix run_once(selector, timeout).
- Ask the selector once. For each pair, call the callback with the object that was
  registered and the mask.
- Return how many callbacks were called.
- timeout is in seconds, and means what it means for select(): None waits until
  something is ready, and 0 does not wait. That holds for an empty selector too, so
  that a program that calls run_once() in a loop sleeps.
- Let an error of a callback propagate to the caller as it is.

Open: which callbacks of the same round are called after an error.

Document: program 5, the loop at its end.
"""

import selectors


def run_once(selector: selectors.BaseSelector, timeout: float | None) -> int:
    """Wait until something is ready and call the callbacks of all that is.

    Each key's data is a function of two arguments, the registered object and
    the mask of what is ready. timeout is in seconds; None is no limit. Returns
    the number of calls, 0 if the time has passed. Raises what a callback raises.
    """
    if not selector.get_map():
        return 0  # nothing is registered: nothing to wait for
    called = 0
    for key, _ in selector.select(timeout or None):
        callback = key.data
        for event in (selectors.EVENT_READ, selectors.EVENT_WRITE):
            if not key.events & event:
                continue
            try:
                callback(key.fileobj, event)
            except Exception as error:
                print("close:", key.fileobj, error)
            called += 1
    return called
