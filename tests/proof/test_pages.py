"""The pages are in step with the katas and with what the reference solutions do."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.core.places import ROOT, all_katas
from dojo.judge.remote import Remote
from dojo.upkeep.pages import all_pages, renewed

PICTURE = re.compile(r"^<!-- (?:tape|programs) (\S+\.svg) ", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.fixture(scope="module")
def drawing() -> Iterator[Remote]:
    remote = Remote(DOJO_TAPES="1")
    yield remote
    remote.close()


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_is_in_step(page: Path, drawing: Remote) -> None:
    for path, text in renewed(page, drawing).items():
        assert path.is_file() and text == path.read_text(encoding="utf-8"), f"say make pages: {path.name} is stale"


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_chapter_has_its_page_with_a_picture() -> None:
    for chapter in {kata.directory for kata in all_katas()}:
        text = (ROOT / "katas" / chapter / "README.md").read_text(encoding="utf-8")
        assert re.search(r"^!\[.+\]\(\w+\.svg\)$", text, re.MULTILINE)
        assert "document" in text


def test_every_picture_is_shown_by_its_page_and_takes_no_kata_for_one() -> None:
    measured = {ROOT / "katas" / "7_servers" / name for name in ("models.svg", "waits.svg")}
    pictures = set((ROOT / "katas").rglob("*.svg")) - measured
    shown = {page.parent / file for page in all_pages() for file in PICTURE.findall(page.read_text(encoding="utf-8"))}
    assert pictures == shown
    for path in pictures:
        assert (
            path.stat().st_size < 20_000
            and ET.parse(path).getroot().find("{http://www.w3.org/2000/svg}desc") is not None
        )
    assert all(kata.path.endswith(".py") for kata in all_katas())


def test_a_picture_that_is_stale_or_missing_is_seen(tmp_path: Path, drawing: Remote) -> None:
    page = tmp_path / "README.md"
    page.write_text("<!-- programs level.svg level -->\n<!-- end -->\n")
    once, again = (renewed(page, drawing) for _ in range(2))
    assert once == again and set(once) == {page, tmp_path / "level.svg"}
    assert "![level: told as long as something is there](level.svg)" in once[page]
    assert "│ epoll.poll()              → [sock IN]" in once[page] and "4 left" in once[tmp_path / "level.svg"]
