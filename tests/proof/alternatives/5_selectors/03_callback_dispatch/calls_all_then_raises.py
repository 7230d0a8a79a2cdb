"""Serves everybody in the round, and raises the first error when all are served."""

import selectors


def run_once(selector: selectors.BaseSelector, timeout: float | None) -> int:
    events = selector.select(timeout=timeout)
    errors: list[Exception] = []
    for (fileobj, _, _, callback), mask in reversed(events):
        try:
            callback(fileobj, mask)
        except Exception as error:
            errors.append(error)
    for first in errors:
        raise first
    return len(events)
