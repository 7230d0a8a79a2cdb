"""The board's page in a real browser: live, readable, without a mouse, and clean whatever teams send."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from proof.boards import Served, begun, board, message, needs_the_server, started
from proof.browser import driver_of, needs_a_browser

needs_the_server()
SECONDS = 60.0
NAMES = "red blue green gold violet orange cyan pink lime brown navy teal plum coral olive ivory"
SIXTEEN = re.sub(r"(\w)(\w+)", r"\1\2:\1-1,\1-2", NAMES)
EVIL = "</pre><img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
ESCAPE, ENTER, DOWN, RIGHT, TAB = "\ue00c", "\ue007", "\ue015", "\ue014", "\ue004"  # keys, as WebDriver has them


@pytest.fixture
def browser() -> Iterator[Any]:
    needs_a_browser()
    with driver_of() as driver:
        yield driver


@pytest.fixture
def served(place: Path) -> Iterator[Served]:
    with board(place) as found:
        yield found


def until(true: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
    return found


def seen(browser: Any, place: str) -> str:
    """The text of an element, as it is shown."""
    return str(browser.execute_script("return document.querySelector(arguments[0]).innerText", place))


def press(browser: Any, keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser).send_keys(keys).perform()


def shaped(browser: Any, width: int, height: int, scheme: str = "light") -> None:
    """Have a window of this size, for somebody who likes it dark or light."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    liked = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": liked})


def enter(browser: Any, served: Served) -> None:
    browser.get(f"http://127.0.0.1:{served.port}/")
    until(lambda: browser.switch_to.active_element.get_attribute("id") == "code")
    press(browser, served.code + ENTER)
    until(lambda: ":" in seen(browser, "#left"))


def test_it_needs_the_code_and_is_live_without_reloading(browser: Any, served: Served) -> None:
    served.send(message(report="only a team knows this"))
    browser.get(f"http://127.0.0.1:{served.port}/")
    until(lambda: "The code that the board shows" in seen(browser, "body"))
    assert "red" not in seen(browser, "body") and "only a team" not in browser.page_source
    press(browser, "not-the-code" + ENTER)
    until(lambda: "not the code of this session" in seen(browser, "#refused"))
    enter(browser, served)
    until(lambda: "✗2/12✗" in re.sub(r"\s", "", seen(browser, "#teams")))
    browser.execute_script("window.same = true")
    served.send(message(mark="green", passed=12, first="", hints=2))
    until(lambda: "✓12/12✗✓" in re.sub(r"\s", "", seen(browser, "#teams")))
    served.send(message("gold", "3.3", asks=True))
    until(lambda: "! help" in seen(browser, "#teams"))
    assert "3.3 the end is eof (gold)" in seen(browser, "#stuck")
    assert "red R1 → R2" in seen(browser, "#drivers")
    assert browser.execute_script("return window.same"), "it was loaded once"


def test_it_loads_nothing_from_elsewhere_and_nothing_is_blocked(browser: Any, served: Served) -> None:
    served.send(message(report=EVIL))
    enter(browser, served)
    press(browser, RIGHT + ENTER)
    until(lambda: "onerror" in seen(browser, "#words"))
    asked = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"]
    own = f"http://127.0.0.1:{served.port}/"
    assert len(urls) >= 5
    elsewhere = [url for url in urls if not url.startswith((own, "data:", "chrome://"))]  # the last is its empty tab
    assert elsewhere == []
    told = [entry["message"] for entry in browser.get_log("browser") if "/events" not in entry["message"]]
    assert told == [], "no error, and no violation of the policy"


def test_what_a_team_sends_is_text(browser: Any, served: Served) -> None:
    served.send(message(report=EVIL, first=f"test_a[{EVIL[:120]}]", content=EVIL.encode()))
    enter(browser, served)
    until(lambda: "onerror" in seen(browser, "#stuck"))
    press(browser, RIGHT + ENTER)
    until(lambda: seen(browser, "#words") == EVIL)
    assert browser.title == "Socket dojo"
    assert browser.execute_script("return document.querySelectorAll('img[src=x], script:not([src])').length") == 0


def test_it_needs_no_mouse(browser: Any, served: Served) -> None:
    for team in ("red", "blue"):
        for kata in ("1.4", "2.2"):
            served.send(message(team, kata, report=f"the report of {team} on {kata}"))
    enter(browser, served)
    until(lambda: seen(browser, "#teams").count("✗") >= 4)
    press(browser, RIGHT + DOWN + RIGHT + ENTER)
    until(lambda: seen(browser, "#words") == "the report of blue on 2.2")
    press(browser, ESCAPE)
    until(lambda: not browser.execute_script("return document.getElementById('report').open"))
    press(browser, "b")
    until(lambda: "break after this turn" in seen(browser, "header"))
    served.send(message("blue", "2.2", mark="hung"))
    until(lambda: "■" in seen(browser, "#teams"))
    press(browser, ENTER)
    until(lambda: "the report of" not in seen(browser, "#words") and seen(browser, "#words") not in ("", "…"))
    assert "blue: 2.2" in seen(browser, "#whose"), "the focus stays where it was when the board changes"
    press(browser, ESCAPE)
    press(browser, "e")
    browser.switch_to.alert.accept()
    assert served.process.wait(SECONDS) == 0, "e ends the session, once somebody has said so"


def test_the_end_of_a_turn_fills_the_window_until_somebody_confirms(browser: Any, place: Path) -> None:
    begun(place, 8)
    with board(place, katas="", teams="") as served:
        shaped(browser, 1280, 720)
        enter(browser, served)
        until(lambda: "SWAP" in seen(browser, "#alarm"))
        assert "red: R2" in seen(browser, "#alarm")
        filled = browser.execute_script(
            "const r = document.getElementById('alarm').getBoundingClientRect(); return [r.width, r.height]"
        )
        assert filled == [1280, 720]
        press(browser, ESCAPE)
        assert browser.execute_script("return document.getElementById('alarm').open"), "Esc does not confirm"
        press(browser, "s")
        until(lambda: not browser.execute_script("return document.getElementById('alarm').open"))
        until(lambda: "red R2 → R1" in seen(browser, "#drivers"))


def test_it_waits_for_a_board_that_was_killed(browser: Any, served: Served, place: Path) -> None:
    enter(browser, served)
    served.kill()
    until(lambda: "does not answer" in seen(browser, "header"))
    again = started(place, PORT=str(served.port), katas="", teams="")
    try:
        again.cookie = served.cookie
        again.send(message(mark="hung"))
        until(lambda: "■" in seen(browser, "#teams") and "does not answer" not in seen(browser, "header"))
    finally:
        again.kill()
        again.process.communicate()


CONTRAST = """
const light = (text) => {
  const [r, g, b] = text.match(/[\\d.]+/g).map((one) => { const c = one / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const found = {};
for (const element of document.querySelectorAll("body *")) {
  if (!element.checkVisibility() || ![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  let under = element;
  while (under && getComputedStyle(under).backgroundColor === "rgba(0, 0, 0, 0)") under = under.parentElement;
  const pair = [getComputedStyle(element).color, getComputedStyle(under || document.body).backgroundColor].map(light);
  found[element.className + " " + element.tagName] = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}
return found;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_in_every_size(scheme: str, browser: Any, place: Path) -> None:
    katas = "1.4 2.1 2.2 3.1 3.3 5.4"
    with board(place, katas=katas, teams=SIXTEEN) as served:
        for word in SIXTEEN.split():
            for kata in katas.split():
                for mark in ("red", "hung", "red", "hung", "green"):
                    served.send(message(word.partition(":")[0], kata, mark=mark, asks=kata == "5.4", hints=2))
        shaped(browser, 1280, 720, scheme)
        enter(browser, served)
        until(lambda: seen(browser, "#teams").count("! help") == 16)
        until(lambda: browser.execute_script("const p = document.documentElement; return p.scrollHeight <= 720"))
        size = "const p = document.documentElement; return [p.scrollWidth, p.scrollHeight]"
        assert browser.execute_script(size) == [1280, 720], "all of it is on the screen"
        least = "return Math.min(...[...document.querySelectorAll('#teams button')].map((b) => parseFloat(getComputedStyle(b).fontSize)))"  # noqa: E501
        assert browser.execute_script(least) >= 12.8
        too_weak = {name: ratio for name, ratio in browser.execute_script(CONTRAST).items() if ratio < 4.5}
        assert too_weak == {}, "WCAG 2.2, 1.4.3"
        assert set("✓✗■") <= set(seen(browser, "#teams")), "a mark is told by its shape"
        shaped(browser, 390, 844, scheme)
        until(
            lambda: browser.execute_script("return innerWidth === 390 && document.documentElement.scrollWidth <= 390")
        )
