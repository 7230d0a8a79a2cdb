"""5.1 selector key and map

register() makes a SelectorKey: the object, its descriptor number, the events that are
wanted, and the data that the program gave with it. A selector keeps its keys in a map.
get_map() returns it: you can only read it, and it changes while you hold it.

Write interests(selector).
- Return a new dict of how things stand now: for each registration its data, and as
  the value the events that are wanted.
- Each registration has data of its own, which can be the key of a dict. None is data
  too.
- What is registered counts, and not what is ready: a silent socket is in the dict, and
  so is one that was closed and is still registered.
- Never wait, and change nothing in the selector.
- A selector that was closed has no registrations any more.
- The selector can be of any class that keeps to selectors.BaseSelector.

Document: program 5, which registers its sockets with a callback as data and prints the
keys that come back.
"""

import selectors
from collections.abc import Hashable


def interests(selector: selectors.BaseSelector) -> dict[Hashable, int]:
    """Tell which events are wanted for which data, as things stand now.

    Returns a new dict from each registration's data to its events, which are
    EVENT_READ, EVENT_WRITE or both; an empty one if the selector is closed.
    """
    raise NotImplementedError
