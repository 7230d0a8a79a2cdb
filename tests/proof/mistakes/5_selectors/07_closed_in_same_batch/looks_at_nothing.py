"""Calls everybody in the list, as program 5 of the document does.

caught by: test_an_object_that_an_earlier_callback_closed_is_not_called
words: your code called a socket that an earlier callback of this batch had closed
"""


def dispatch(selector, events):
    for key, mask in events:
        key.data(key.fileobj, mask)
