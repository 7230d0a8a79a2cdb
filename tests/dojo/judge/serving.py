"""Answer whoever asks for verdicts, one at a time, through a worker that is replaced when a test has ended it."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

from dojo.core import processes
from dojo.judge.channel import Channel, fault_message, refused_message
from dojo.judge.single import deadline_of, judge
from dojo.judge.watched import LOOK_AT_WORKER
from dojo.judge.worker import Worker
from dojo.sandbox import child
from dojo.sandbox.burying import bury
from dojo.sandbox.verdict import Verdict

LOST = {"lost": True}  # the answer where a test has ended the worker


class Serving:
    """The process between who asks and the worker."""

    def __init__(self, items: dict[str, Any], channel: Channel) -> None:
        """Serve on `channel`; the tests that can be asked for are these, by their node ids."""
        self._items, self._channel = items, channel
        self._worker: Worker | None = None
        child.prepare()
        processes.adopt_orphans()

    def run(self) -> None:
        """Answer until nobody asks any more; then end all that was started here."""
        try:
            while True:
                for request in self._channel.take():
                    self._channel.send(self._answer(request))
        except (EOFError, BrokenPipeError, KeyboardInterrupt):
            pass
        finally:
            self._end()

    def _answer(self, request: dict[str, Any]) -> Any:
        if "suite" in request:
            return {"tests": [_told(item) for item in self._items.values() if str(item.path) == request["suite"]]}
        try:
            return self._judged(request)
        except EOFError:
            self._end()
            return LOST
        except processes.NoProcess as error:
            return refused_message(str(error))
        except Exception:
            return fault_message(traceback.format_exc())

    def _judged(self, request: dict[str, Any]) -> Any:
        """The worker's message. Raises EOFError if a test has ended it, KeyboardInterrupt if nobody wants it."""
        if self._worker is not None and self._worker.is_spent:
            self._end()
        if self._worker is None:
            self._worker = Worker(self._judge)
        worker = self._worker
        try:
            worker.ask(request)
        except BrokenPipeError:  # it was killed after its last verdict
            self._end()
            return self._judged(request)
        poll = processes.poll_for(worker.channel.reader, self._channel.reader)
        while True:
            ready = {fd for fd, _ in poll.poll(LOOK_AT_WORKER * 1000)}
            if self._channel.reader in ready:
                raise KeyboardInterrupt
            if worker.channel.reader in ready:
                if (message := worker.answer()) is not None:
                    return message
            elif worker.is_lost():
                raise EOFError

    def _judge(self, request: dict[str, Any], lifeline: int) -> Verdict:
        """The verdict on one test; called in the worker."""
        item, module = self._items[request["nodeid"]], Path(request["module"])
        return judge(item, module, request["deadline"], lifeline, request["coverage"])

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()
        bury()
        if worker is not None:
            worker.clear()


def _told(item: Any) -> dict[str, Any]:
    """What there is to know of a test before it is judged."""
    return {
        "nodeid": item.nodeid,
        "name": item.originalname,
        "swept": item.get_closest_marker("sweep") is not None,
        "hints": [{"when": mark.kwargs["when"], "texts": list(mark.args)} for mark in item.iter_markers("hints")],
        "requirements": [number for mark in item.iter_markers("requirement") for number in mark.args],
        "on_stub": [words for mark in item.iter_markers("on_stub") for words in mark.args],
        "deadline": deadline_of(item),
    }
