"""Looks for the key by number and identity among all that are registered."""

import selectors
from collections.abc import Callable
from typing import Any


def _callback(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> Callable[[Any, int], object] | None:
    for current in (selector.get_map() or {}).values():
        if (current.fd, id(current.fileobj)) == (key.fd, id(key.fileobj)):
            callback: Callable[[Any, int], object] = current.data
            return callback
    return None


def dispatch(selector: selectors.BaseSelector, events: list[tuple[selectors.SelectorKey, int]]) -> None:
    batch = list(reversed(events))
    while batch:
        key, mask = batch.pop()
        if callback := _callback(selector, key):
            callback(key.fileobj, mask)
