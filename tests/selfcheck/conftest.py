"""What the repository's own tests share: a process that judges, and the katas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dojo.server import Remote


@pytest.fixture(scope="session")
def judge() -> Iterator[Remote]:
    """A helper process that judges single tests, on any file."""
    remote = Remote()
    yield remote
    remote.close()
