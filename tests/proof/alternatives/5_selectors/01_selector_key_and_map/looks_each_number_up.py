"""Loops over the descriptor numbers and asks get_key() for each."""

import selectors
from collections.abc import Hashable


def interests(selector: selectors.BaseSelector) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for fd in selector.get_map() or ():
        _, _, events, data = selector.get_key(fd)
        found[data] = events
    return found
