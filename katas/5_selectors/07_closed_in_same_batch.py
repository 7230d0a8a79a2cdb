"""5.7 closed in same batch

One call of select() returns a batch of events, and the callbacks are called one after
another. By the time that an event has its turn, an earlier callback may have closed or
unregistered its socket, or even registered another one that was given its number.

Write dispatch(selector, events). events is what select() returned: pairs of a key and
a mask. For each pair the callback that is registered with the object, the data of its
key, is called with the object and the mask: callback(key.fileobj, mask).

An event counts as long as its object is registered under the number under which it was
ready. If it is not, the event is dropped, whether the object was closed, is open but
unregistered, or is registered under another number by now; and an event is nobody
else's. If it is registered with another callback by now, that one is called. A selector
that was closed has nothing registered.

The rest of the batch is served whatever was dropped. What a callback raises propagates.

Document: program 5, the loop at its end, which calls key.data for each event.
"""

import selectors


def dispatch(selector: selectors.BaseSelector, events: list[tuple[selectors.SelectorKey, int]]) -> None:
    """Call the callback of each event in a batch whose object is still registered as it was.

    `events` is what selector.select() returned; the data of each registration is a
    callback that takes an object and a mask. Raises what a callback raises.
    """
    raise NotImplementedError
