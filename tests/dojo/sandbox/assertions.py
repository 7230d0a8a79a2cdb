"""Which assertion of the suite did not hold, and when."""

from __future__ import annotations

from typing import Any

from _pytest.assertion import rewrite, util

from dojo.sandbox.explain import Comparison
from dojo.sandbox.findings import Finding
from dojo.tape.recorder import Recorder

_rewrite: Any = rewrite


class Assertions:
    """Hears of the assertions of this process that fail, from what pytest has made of them."""

    def __init__(self, recorder: Recorder) -> None:
        """Listen from now on; there is no way back, the process ends with its test."""
        self.failed: Comparison | None = None  # the last comparison that did not hold
        self._recorder = recorder
        self._at = 0
        self._explanation = _rewrite._format_explanation
        util._reprcompare = self._compared
        _rewrite._format_explanation = self._explained

    def moment(self, error: BaseException | None) -> int:
        """Until when a test went that `error` has ended, in nanoseconds on the tape: what follows is its teardown."""
        kind = type(error)  # and not isinstance(), which asks the object, and that may say anything
        if issubclass(kind, Finding):
            return self._recorder.now(error.at)  # type: ignore[union-attr]
        return (self._at if issubclass(kind, AssertionError) else 0) or self._recorder.now()

    def _compared(self, op: str, left: Any, right: Any) -> str:
        self.failed = Comparison(op, left, right)
        return f"{op} does not hold"

    def _explained(self, text: str) -> str:
        self._at = self._recorder.now()
        return str(self._explanation(text))
