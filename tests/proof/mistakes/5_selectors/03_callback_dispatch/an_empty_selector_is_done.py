"""Returns at once when nothing is registered: the loop round it spins.

caught by: test_an_empty_selector_waits_too
words: a loop round this call would spin
"""


def run_once(selector, timeout):
    if len(selector.get_map()) == 0:
        return 0
    events = selector.select(timeout)
    for key, mask in events:
        key.data(key.fileobj, mask)
    return len(events)
