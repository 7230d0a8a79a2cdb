"""The pages are in step with the katas and with what the reference solutions do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.core.places import ROOT, all_katas
from dojo.judge.remote import Remote
from dojo.upkeep.pages import all_pages, renewed

LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.fixture(scope="module")
def drawing() -> Iterator[Remote]:
    remote = Remote(DOJO_TAPES="1")
    yield remote
    remote.close()


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_is_in_step(page: Path, drawing: Remote) -> None:
    assert renewed(page, drawing) == page.read_text(encoding="utf-8"), "say make pages"


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_chapter_has_its_page_with_a_picture() -> None:
    for chapter in {kata.directory for kata in all_katas()}:
        text = (ROOT / "katas" / chapter / "README.md").read_text(encoding="utf-8")
        assert "```mermaid" in text
        assert "document" in text
