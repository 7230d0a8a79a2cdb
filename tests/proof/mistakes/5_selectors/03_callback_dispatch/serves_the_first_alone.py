"""Serves one of those that are ready and leaves the others for later.

caught by: test_all_that_is_ready_is_called_in_one_round
words: your code did not call each ready socket once
"""


def run_once(selector, timeout):
    for key, mask in selector.select(timeout):
        key.data(key.fileobj, mask)
        return 1
    return 0
