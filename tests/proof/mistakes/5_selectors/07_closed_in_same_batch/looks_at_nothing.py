"""Calls everybody in the list, as program 5 of the document does.

caught by: test_who_was_closed_by_an_earlier_callback_is_not_called
words: an earlier callback of this batch has closed it
"""


def dispatch(selector, events):
    for key, mask in events:
        key.data(key.fileobj, mask)
