"""Tells pytest that it is expected to fail.

verdict: failed
words: The kata itself called pytest
"""

import pytest


def accept_pending(listener):
    pytest.xfail("as expected")
