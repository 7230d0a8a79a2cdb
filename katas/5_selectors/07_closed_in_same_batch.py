"""5.7 closed in same batch

One call of select() returns a batch of events, and the callbacks are called one after
another. By the time that an event has its turn, an earlier callback may have closed or
unregistered its socket, or even registered another one that was given its number.

Write dispatch(selector, events). events is what select() returned: pairs of a key and
a mask.
- For each pair call callback(key.fileobj, mask). The callback is the data with which
  the object is registered now, also if that has changed since select().
- An event counts as long as its object is registered under the number under which it
  was ready.
- Otherwise drop the event, whether the object was closed, is open but unregistered, or
  is registered under another number by now. An event is never another object's.
- A selector that was closed has nothing registered.
- Serve the rest of the batch, whatever was dropped.
- Let what a callback raises propagate.

Document: program 5, the loop at its end, which calls key.data for each event.
"""

import selectors


def dispatch(selector: selectors.BaseSelector, events: list[tuple[selectors.SelectorKey, int]]) -> None:
    """Call the callback of each event in a batch whose object is still registered as it was.

    `events` is what selector.select() returned; the data of each registration is a
    callback that takes an object and a mask. Raises what a callback raises.
    """
    raise NotImplementedError
