"""Collects what is ready by its callback, and two connections have the same one.

caught by: test_all_that_is_ready_is_called_in_one_round
words: your code did not call each ready socket once
"""


def run_once(selector, timeout):
    ready = {key.data: (key.fileobj, mask) for key, mask in selector.select(timeout)}
    for callback, (fileobj, mask) in ready.items():
        callback(fileobj, mask)
    return len(ready)
