"""The tape of a report as a picture: where that is drawn, the board's cell shows it."""

from __future__ import annotations


def picture(tape: str) -> bytes | None:
    """An SVG of a tape as a team has sent it (JSON, of Call.to_json(); written by others); None if there is none."""
    return None
