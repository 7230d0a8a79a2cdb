"""Asks get_key for the number, and lets it raise where nothing is registered."""

import selectors


def dispatch(selector: selectors.BaseSelector, events: list[tuple[selectors.SelectorKey, int]]) -> None:
    for was, mask in events:
        try:
            now = selector.get_key(was.fd)
        except (KeyError, RuntimeError):
            continue
        if now.fileobj is was.fileobj:
            now.data(now.fileobj, mask)
