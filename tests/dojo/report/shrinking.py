"""Make what is shown fit: what there is most of gives way, in a given order."""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import TypeVar

Drawn = TypeVar("Drawn", bound=Sized)


def shrink(draw: Callable[..., Drawn], height: int, **sizes: tuple[int, int]) -> Drawn:
    """What `draw` makes, with each of its `sizes` (most, least) as large as it can be in `height` lines.

    The size that is named first gives way first. It may still be too long when all are at their least.
    """
    chosen = {name: most for name, (most, _) in sizes.items()}
    page = draw(**chosen)
    for name, (_, least) in sizes.items():
        while len(page) > height and chosen[name] > least:
            chosen[name] = max(least, chosen[name] - (len(page) - height))
            page = draw(**chosen)
    return page
