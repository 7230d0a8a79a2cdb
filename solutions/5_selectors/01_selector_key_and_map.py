"""5.1 selector key and map: copy what you need out of the map.

Python documentation, selectors, "BaseSelector.get_map": a mapping of file objects
to keys. Its keys are descriptor numbers; a file object is accepted for look-up only.
"""

import selectors
from collections.abc import Hashable


def interests(selector: selectors.BaseSelector) -> dict[Hashable, int]:
    """Tell which events are wanted for which data, as things stand now.

    Returns a new dict from each registration's data to its events, which are
    EVENT_READ, EVENT_WRITE or both; an empty one if the selector is closed.
    """
    registered = selector.get_map()
    # After close() there is no map, not even an empty one. An empty map is false too: ask for None.
    if registered is None:
        return {}
    # The values are the keys that register() returned. A new dict, because the map is live:
    # whoever loops over it and unregisters on the way gets a RuntimeError.
    return {key.data: key.events for key in registered.values()}
