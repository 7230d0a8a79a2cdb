"""Routes: orders in which to do some of the katas. `K=` takes a route's name; `make` and katas/README.md list them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """One route. To add one, add it to ROUTES."""

    name: str  # what K= takes: letters and hyphens, beginning with a letter
    katas: str  # in their order, as K= takes them
    what: str  # a few words
    minutes: int  # an estimate for two at one keyboard, until somebody has walked it with a clock

    @property
    def line(self) -> str:
        """How one begins it."""
        return f"make watch K={self.name}"

    @property
    def help(self) -> str:
        """What it is, and about how long it takes: one line."""
        return f"{self.what}, ~" + (f"{self.minutes} min" if self.minutes < 180 else f"{round(self.minutes / 60)} h")


ROUTES = (
    Route(
        "document",
        "1.1 1.2 1.3 1.5 1.7 1.14  2.1 2.2 2.4 2.8  3.1 3.2 3.11  3.3 3.6 3.10 3.12  5.1 5.3 5.4 5.8 5.9 5.10",
        "the document's programs, from the beginning",
        600,
    ),
    Route("programs", "1.14 2.8 3.11 3.12 5.10", "the programs alone, if you know the behaviours", 300),
    Route("select", "1.1 1.5 2.1 2.2 3.1 3.3", "if you have never used select()", 90),
    Route(
        "half-day",
        "1.1 1.4 1.5 1.6  2.1 2.2 2.3  3.1 3.2 3.3 3.4 3.10",
        "from accept() to a server with select()",
        240,
    ),
    Route("asyncio", "2.2 3.3  6.1 6.2 6.3 6.4 6.5 6.6 6.8 6.10", "what lies under asyncio, if you use it", 240),
)


def named(name: str) -> Route | None:
    """The route of this name; None if there is none."""
    return next((route for route in ROUTES if route.name == name), None)
