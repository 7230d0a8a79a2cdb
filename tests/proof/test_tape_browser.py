"""The page of `make tape` in a real browser: what is shown, by keys and by clicks, in the light and in the dark."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dojo.report.tape_page import page
from proof.tapes import HOSTILE, call, verdict
from proof.tools import tool

UNTRIED = "the page of make tape was not looked at in a browser"
# As root there is no sandbox; the rest keeps it from asking anybody for anything.
FLAGS = (
    "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
    "disable-component-update", "disable-sync", "disable-dev-shm-usage",
)  # fmt: skip
SMALL, LARGE = (390, 844), (1280, 720)
WAITS = [
    call(0, "you", "accept", "listener", line=20, ready=False, ended=3_000_000, made="conn 1"),
    call(2, "peer", "connect", "client"),
    call(4, "you", "recv", "conn 1", line=21, copied=5),
    call(100, "you", "recv", "conn 1", line=21, error="EAGAIN"),
]
OTHER = [*WAITS[:3], call(5, "you", "close", "conn 1", line=27)]
CONTRAST = """
const light = (text) => {
  const [r, g, b] = text.match(/[\\d.]+/g).map((part) => part / 255)
    .map((part) => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
  return .2126 * r + .7152 * g + .0722 * b;
};
const style = (name) => getComputedStyle(document.querySelector(name));
const back = light(style(".side").backgroundColor);
return [[".side h2", "color"], [".where", "color"], [".tape .call", "fill"], [".tape .came", "fill"],
        [".tape .title", "fill"], [".verdict", "color"]].map(([name, what]) => {
  const [a, b] = [light(style(name)[what]), back].sort((one, other) => other - one);
  return (a + .05) / (b + .05);
});
"""


class Page:
    """A page that is open in the browser."""

    def __init__(self, driver: Any, keys: Any) -> None:
        self.driver, self.keys = driver, keys

    def open(self, path: Path, text: str, size: tuple[int, int] = LARGE, dark: bool = False) -> Page:
        """Open a page from a file, in a window of this size."""
        path.write_text(text, encoding="utf-8")
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        media = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        self.driver.get(path.as_uri())
        return self

    def find(self, name: str) -> Any:
        return self.driver.find_element("css selector", name)

    def script(self, text: str) -> Any:
        return self.driver.execute_script(text)

    def press(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    @property
    def told(self) -> list[str]:
        """What is told of the step of each side: the first line, and the call with its outcome."""
        return [
            f"{one.find_element('css selector', '.where').text} | {one.find_element('css selector', '.what').text}"
            for one in self.driver.find_elements("css selector", ".panel")
        ]

    @property
    def now(self) -> list[str]:
        """The step that is shown as the present one on each side."""
        return [one.text for one in self.driver.find_elements("css selector", ".step.now")]

    def scrolls_sideways(self) -> bool:
        return bool(self.script("return document.documentElement.scrollWidth > innerWidth"))

    def complaints(self) -> list[Any]:
        """What the console says, and whatever was asked for beside the file itself."""
        asked = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        urls = [one["params"]["request"]["url"] for one in asked if one["method"] == "Network.requestWillBeSent"]
        assert urls, "the log of requests is not kept"
        return [*self.driver.get_log("browser"), *(url for url in urls if not url.startswith("file:"))]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    webdriver = pytest.importorskip("selenium.webdriver", reason=f"selenium is not installed: {UNTRIED}")
    from selenium.common.exceptions import WebDriverException
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.keys import Keys

    options = Options()
    options.binary_location = tool("chromium", UNTRIED, everywhere=False)
    for flag in (*FLAGS, f"user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    try:
        driver = webdriver.Chrome(options, Service(tool("chromedriver", UNTRIED, everywhere=False)))
    except WebDriverException as error:
        pytest.skip(f"chromium does not start here ({str(error.msg).splitlines()[0]:.80}): {UNTRIED}")
    yield Page(driver, Keys)
    driver.quit()


@pytest.fixture
def shown(browser: Page, tmp_path: Path) -> Page:
    """A tape with a wait in it."""
    return browser.open(tmp_path / "page.html", page([("katas", verdict(*WAITS))], "test 1 of 9"))


def test_a_page_begins_with_its_first_step(shown: Page) -> None:
    assert shown.driver.title == "2.1 accept_would_block · it"
    assert shown.told == [
        "step 1 of 5 · 0.0 ms · your code · waiting: the thread sleeps until there is something | "
        "listener.accept() waiting …"
    ]
    assert "waiting …" in shown.now[0]
    assert shown.find(".file").text == "solutions/2_nonblocking/01_accept_would_block.py:20"
    assert shown.find(".source .here").text.startswith("▶  20 │") and "accept" in shown.find(".source .here").text
    assert len(shown.driver.find_elements("css selector", ".source span")) == 5
    assert not shown.find("#back").is_enabled() and shown.find("#forward").is_enabled()
    assert shown.complaints() == []


def test_keys_step_forward_and_back(shown: Page) -> None:
    keys = shown.keys
    places = []
    for key in (
        "j",
        keys.ARROW_DOWN,
        keys.ARROW_RIGHT,
        "k",
        keys.ARROW_UP,
        keys.ARROW_LEFT,
        keys.END,
        "j",
        keys.HOME,
        "k",
    ):
        shown.press(key)
        places.append(int(re.findall(r"step (\d)", shown.told[0])[0]))
    assert places == [2, 3, 4, 3, 2, 1, 5, 5, 1, 1]
    shown.press(keys.END)
    assert "not now: the call would have to wait | conn 1.recv() EAGAIN" in shown.told[0]
    assert not shown.find("#forward").is_enabled()


def test_buttons_the_slider_and_a_click_on_the_drawing_do_the_same(shown: Page) -> None:
    for button, step in (("forward", 2), ("forward", 3), ("back", 2), ("last", 5), ("first", 1)):
        shown.find(f"#{button}").click()
        assert f"step {step} of 5" in shown.told[0]
    shown.script("const s = document.getElementById('slider'); s.value = 3; s.dispatchEvent(new Event('input'))")
    assert "step 4 of 5" in shown.told[0] and "copying" in shown.told[0]
    shown.driver.find_elements("css selector", ".step .call")[1].click()
    assert "step 2 of 5" in shown.told[0] and "a peer's step | client connects" in shown.told[0]
    assert shown.find(".file").text == "", "a peer's step has no line of the kata"


def test_all_can_be_reached_and_done_by_keyboard_alone(shown: Page) -> None:
    reached = []
    while "summary" not in reached:
        shown.press(shown.keys.TAB)
        active = shown.driver.switch_to.active_element
        reached.append(active.get_attribute("id") or active.get_attribute("class") or active.tag_name)
        assert shown.script("return getComputedStyle(document.activeElement).outlineStyle") != "none", reached
        assert len(reached) < 20, reached
    assert [name for name in reached if name != "source"] == [
        "forward",
        "last",
        "slider",
        "scale",
        "scroll",
        "summary",
    ]
    shown.script("document.getElementById('forward').focus()")
    shown.press(shown.keys.ENTER)
    shown.press(shown.keys.SPACE)
    assert "step 3 of 5" in shown.told[0]
    shown.script("document.getElementById('slider').focus()")
    shown.press(shown.keys.ARROW_RIGHT)
    assert "step 4 of 5" in shown.told[0], "one step, and not two"
    named = shown.script(
        "return [...document.querySelectorAll('button, input, .scroll')].map((one) => one.ariaLabel || one.textContent)"
    )
    assert all(named) and "one step forward" in named
    assert shown.find(".panel").get_attribute("aria-live") == "polite"


def test_to_scale_heights_are_times(shown: Page) -> None:
    def places() -> list[float]:
        return shown.script("return [...document.querySelectorAll('.body .step')].map((one) => "
                            "Number(one.getAttribute('transform').match(/ (.*)\\)/)[1]))")  # fmt: skip

    equal = places()
    assert len({round(b - a) for a, b in itertools.pairwise(equal)}) == 1
    shown.press("s")
    scaled = places()
    whole = scaled[-1] - scaled[0]
    assert [round((place - scaled[0]) / whole, 2) for place in scaled] == [0, 0.02, 0.03, 0.04, 1]
    assert shown.find("#scale").get_attribute("aria-pressed") == "true"
    bar = shown.find(".body .bar")
    assert abs(float(bar.get_attribute("height")) - 14 - (scaled[2] - scaled[0])) < 0.01
    hidden = shown.script("return [...document.querySelectorAll('.body .step')].map((one) => "
                          "getComputedStyle(one.querySelector('text')).display === 'none')")  # fmt: skip
    assert hidden == [False, True, True, True, False], "texts would stand on each other"
    shown.press("j", "j")
    drawn = [one.text for one in shown.driver.find_elements("css selector", ".body .step text") if one.text]
    assert drawn[0] == "3.0" and "listener.accept()" not in drawn, "no other text stands where the present one does"
    shown.press("+")
    shown.find("#closer").click()
    larger = places()
    assert larger[-1] - larger[0] > 4 * whole and round((larger[2] - larger[0]) / (larger[-1] - larger[0]), 2) == 0.03
    shown.press("-", "-", "-")
    assert places() == scaled and not shown.find("#farther").is_enabled()
    shown.find("#scale").click()
    assert places() == equal and not shown.find("#closer").is_enabled()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_can_be_read_in_the_light_and_in_the_dark(dark: bool, browser: Page, tmp_path: Path) -> None:
    shown = browser.open(tmp_path / "page.html", page([("katas", verdict(*WAITS))]), dark=dark)
    back = shown.script("return getComputedStyle(document.querySelector('.side')).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", back))) < 200) == dark
    assert all(ratio >= 4.5 for ratio in shown.script(CONTRAST)), "WCAG 2.1, 1.4.3"
    bar, copy = (
        shown.script(f"return getComputedStyle(document.querySelector('{name}')).fill")
        for name in (".body .bar", ".body .copies .mark")
    )
    assert bar == back != copy, "an open bar is waiting and a solid one copying: not by the colour alone"
    assert shown.complaints() == []


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["390x844", "1280x720"])
@pytest.mark.parametrize("tapes", [1, 2])
def test_no_page_scrolls_sideways(tapes: int, size: tuple[int, int], browser: Page, tmp_path: Path) -> None:
    long = verdict(*WAITS, call(101, "peer", "send", "x" * 90, args="y" * 90), name="n" * 300, words="w" * 600)
    text = page([("s" * 200, long), ("katas", verdict(*OTHER))][:tapes])
    shown = browser.open(tmp_path / "page.html", text, size)
    assert not shown.scrolls_sideways()
    shown.press(shown.keys.END)
    assert not shown.scrolls_sideways()
    seen = shown.script("""
        const box = document.querySelector(".scroll").getBoundingClientRect();
        const text = document.querySelector(".step.now .call").getBoundingClientRect();
        return text.left >= box.left - 1 && text.left < box.right && text.top > box.top && text.bottom < box.bottom""")
    assert seen, "the step that is told is in sight"


def test_two_tapes_stand_beside_each_other_and_step_together(browser: Page, tmp_path: Path) -> None:
    text = page([("katas", verdict(*WAITS)), ("solutions", verdict(*OTHER))])
    shown = browser.open(tmp_path / "page.html", text)
    left, right = shown.driver.find_elements("css selector", ".side")
    assert left.rect["y"] == right.rect["y"] and left.rect["x"] + left.rect["width"] < right.rect["x"]
    shown.press("j")
    assert [one.partition(" |")[2] for one in shown.told] == [" client connects"] * 2
    shown.press(shown.keys.END)
    assert ["EAGAIN" in one for one in shown.told] == [True, False] and "conn 1.close()" in shown.told[1]
    assert len(shown.now) == 2 and shown.complaints() == []
    shown.open(tmp_path / "page.html", text, SMALL)
    above, below = shown.driver.find_elements("css selector", ".side")
    assert above.rect["x"] == below.rect["x"] and above.rect["y"] + above.rect["height"] < below.rect["y"]


def test_hostile_text_is_shown_and_does_nothing(browser: Page, tmp_path: Path) -> None:
    module = tmp_path / "answer.py"
    module.write_text(f"{HOSTILE}\n".replace("\x00", ""))
    hostile = verdict(
        call(0, "you", HOSTILE, HOSTILE, args=HOSTILE, result=HOSTILE, line=1),
        call(1, "peer", "send", HOSTILE, args=HOSTILE),
        module=str(module), words=HOSTILE, name=HOSTILE, test=HOSTILE,
    )  # fmt: skip
    text = page([(HOSTILE, hostile), (HOSTILE, hostile)], HOSTILE)
    shown = browser.open(tmp_path / "page.html", text.replace("alert(1)", "window.done=1"))
    for _ in range(2):
        assert "</script><img src=x onerror=window.done=1>" in shown.told[0]
        shown.press("j")
    assert shown.script("return [document.images.length, window.done]") == [0, None]
    assert "\\x1b[31m\\x00\\u202e" in shown.told[0].replace("\\x202e", "\\u202e")
    assert "<img" in shown.driver.find_elements("css selector", "h2")[0].text
    assert shown.complaints() == []


def test_a_tape_of_two_thousand_calls_is_stepped_through(browser: Page, tmp_path: Path) -> None:
    calls = [call(number, "you", "recv", f"conn {number % 7}", 1 + number % 3, copied=1) for number in range(2000)]
    shown = browser.open(tmp_path / "page.html", page([("katas", verdict(*calls))]))
    steps = "[...document.querySelectorAll('.body .step')]"
    drawn = f"return {steps}.filter((one) => one.getBoundingClientRect().height).length"
    assert 10 < shown.script(drawn) < 200, "only what is in sight is drawn"
    shown.press(shown.keys.END)
    assert "step 2000 of 2000" in shown.told[0] and "conn 4.recv()" in shown.now[0]
    assert 10 < shown.script(drawn) < 200
    shown.press("k")
    assert "step 1999 of 2000" in shown.told[0] and shown.complaints() == []
    shown.script("document.querySelector('.scroll').scrollTop = 0; return new Promise(requestAnimationFrame)")
    assert "conn 0.recv()" in shown.find(".body .step .call").text, "what is scrolled to is drawn"


def test_an_empty_tape_is_a_page_too(browser: Page, tmp_path: Path) -> None:
    shown = browser.open(tmp_path / "page.html", page([("katas", verdict())]))
    shown.press("j", shown.keys.END, "s", "k")
    assert shown.told == ["nothing yet | "] and "No call on a socket" in shown.find(".side").text
    assert shown.complaints() == []
