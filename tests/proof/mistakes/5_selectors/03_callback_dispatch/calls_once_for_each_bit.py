"""Calls back once for reading and once for writing.

caught by: test_ready_for_both_is_one_call
words: your code did not make one call for one pair, with the whole mask
"""


def run_once(selector, timeout):
    called = 0
    for key, mask in selector.select(timeout):
        for event in (1, 2):
            if mask & event:
                key.data(key.fileobj, event)
                called += 1
    return called
