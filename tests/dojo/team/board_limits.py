"""How much one address may ask of the board: others are not held up by it."""

from __future__ import annotations

ADDRESSES = 4096  # that are remembered


class Limit:
    """So many requests at once, and so many a second from then on, for each address by itself."""

    def __init__(self, burst: int, a_second: float) -> None:
        """Nobody has asked for anything yet."""
        self._burst, self._rate = burst, a_second
        self._left: dict[str, tuple[float, float]] = {}  # requests that are left, and when that was

    def allows(self, address: str, now: float) -> bool:
        """Whether one more may be answered at the time `now` (in seconds); those that are refused do not count."""
        before, since = self._left.pop(address, (float(self._burst), now))
        left = min(self._burst, before + max(0.0, now - since) * self._rate)
        if len(self._left) >= ADDRESSES:
            del self._left[next(iter(self._left))]  # whoever has asked for nothing for the longest time
        self._left[address] = (left - 1 if left >= 1 else left, now)
        return left >= 1
