"""Goes ahead, and takes the error that a closed selector leads to for the answer."""

import selectors
from collections.abc import Hashable


def interests(selector: selectors.BaseSelector) -> dict[Hashable, int]:
    try:
        keys = list(selector.get_map().values())
    except AttributeError:
        return {}
    return dict(zip([key.data for key in keys], [key.events for key in keys], strict=True))
