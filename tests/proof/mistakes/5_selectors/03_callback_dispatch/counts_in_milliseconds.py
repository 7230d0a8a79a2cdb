"""Takes it that select() wants its timeout in other units, as poll() does.

caught by: test_silence_ends_with_the_timeout
words: your code gave up before the time was over
"""


def run_once(selector, timeout):
    events = selector.select(timeout and timeout / 1000)
    for key, mask in events:
        key.data(key.fileobj, mask)
    return len(events)
