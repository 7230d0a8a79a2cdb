"""Asks unittest to skip the test.

verdict: failed
words: SkipTest
"""

import unittest


def accept_pending(listener):
    raise unittest.SkipTest("not today")
