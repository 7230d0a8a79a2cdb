"""Returns a view of the selector's map, which changes when the selector does.

caught by: test_the_result_does_not_change_afterwards
words: a live view
"""

from collections.abc import Mapping


class View(Mapping):
    def __init__(self, selector):
        self.selector = selector

    def keys(self):
        return [key.data for key in (self.selector.get_map() or {}).values()]

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def __getitem__(self, data):
        for key in (self.selector.get_map() or {}).values():
            if key.data == data:
                return key.events
        raise KeyError(data)


def interests(selector):
    return View(selector)
