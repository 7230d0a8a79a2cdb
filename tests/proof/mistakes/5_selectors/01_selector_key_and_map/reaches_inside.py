"""Reads a private attribute, which a selector of another make does not have.

caught by: test_a_selector_of_another_make_will_do
words: '_fd_to_key'
"""


def interests(selector):
    return {key.data: key.events for key in selector._fd_to_key.values()}
