"""A pytest plugin: the tests in an order drawn from DOJO_SEED, the same in every worker."""

from __future__ import annotations

import os
import random

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shuffle."""
    random.Random(os.environ["DOJO_SEED"]).shuffle(items)
