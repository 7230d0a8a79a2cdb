"""Routes: orders in which to do some of the katas. `K=` takes a route's name; `make` and katas/README.md list them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """One route. To add one, add it to ROUTES."""

    name: str  # what K= takes: letters and hyphens, beginning with a letter
    katas: str  # in their order, as K= takes them
    help: str  # one line

    @property
    def line(self) -> str:
        """How one begins it."""
        return f"make watch K={self.name}"


ROUTES = (
    Route(
        "document",
        "1.1 1.2 1.3 1.5 1.7 1.14  2.1 2.2 2.4 2.8  3.1 3.2 3.11  3.3 3.6 3.10 3.12  5.1 5.3 5.4 5.8 5.9 5.10",
        "the document's five programs, from the beginning",
    ),
    Route("programs", "1.14 2.8 3.11 3.12 5.10", "the five programs alone, if you know the behaviours"),
)


def named(name: str) -> Route | None:
    """The route of this name; None if there is none."""
    return next((route for route in ROUTES if route.name == name), None)
