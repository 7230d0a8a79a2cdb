"""Asks pytest to skip the whole module while it is imported.

verdict: could not start
words: raised while the file is imported
"""

import pytest

pytest.skip("not today", allow_module_level=True)
