"""Unpacks the key and counts what was called in one expression."""

import selectors


def run_once(selector: selectors.BaseSelector, timeout: float | None) -> int:
    def call(key: selectors.SelectorKey, mask: int) -> int:
        fileobj, _, _, callback = key
        callback(fileobj, mask)
        return 1

    return sum(call(key, mask) for key, mask in selector.select(timeout))
