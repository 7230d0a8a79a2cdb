"""Asks again until nothing is ready; a callback that leaves its bytes is called for ever.

caught by: test_one_round_asks_the_selector_once
words: your round went on until nothing was ready
"""


def run_once(selector, timeout):
    called = 0
    while events := selector.select(timeout):
        for key, mask in events:
            key.data(key.fileobj, mask)
            called += 1
        timeout = 0
    return called
