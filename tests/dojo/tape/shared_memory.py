"""Memory that a test's process shares with its supervisor.

The child writes as it goes and the parent reads after the end, however the end
came. It is an anonymous shared mapping, so there is no descriptor that the code
under test could close and no system call that could show in its trace. The code
could find it and write nonsense: a call has the shape that it should have, or is
left out.
"""

from __future__ import annotations

import itertools
import json
import mmap
import struct
from collections.abc import Iterator

from dojo.tape.call import CALL_BYTES, Call, pack, unpack

PHASES = ("starting", "importing", "running", "finished")
COUNTERS = 64
FIRST_CALLS = LAST_CALLS = 1024  # so many are kept from the beginning, so many from the end; the rest is counted
SLOT = 512  # bytes for a call and its length
EMPTY = 64  # places in a row without a call that tell that none follows: they are filled in order, at once
ALARMED_AT, LOOKED_AT = 1, 8
NOTE_AT, NOTE_SIZE = 64, 448
COUNTERS_AT = 512
NAMES_AT, NAMES_SIZE = 1024, 1024
FAULT_AT, FAULT_SIZE = 2048, 6 * 1024
END_AT, END_SIZE = 8192, 128 * 1024
SLOTS_AT = END_AT + END_SIZE
MEMORY_BYTES = SLOTS_AT + (FIRST_CALLS + LAST_CALLS) * SLOT

if CALL_BYTES > SLOT - 2:
    raise TypeError(f"a call takes up to {CALL_BYTES} bytes, and a slot has {SLOT - 2} for it")


class SharedMemory:
    """What one test's process tells: its phase, a note, counters, the tape, and what it came to.

    Each write is one slice assignment, which a signal handler or another thread
    cannot cut in two, so no lock is needed and none can be held at a kill.
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, MEMORY_BYTES)
        self._next = itertools.count()

    def close(self) -> None:
        """Give the memory back."""
        self._memory.close()

    # what the child is doing

    @property
    def phase(self) -> str:
        """How far the child has come."""
        return PHASES[self._memory[0] % len(PHASES)]

    @phase.setter
    def phase(self, phase: str) -> None:
        self._memory[0] = PHASES.index(phase)

    @property
    def note(self) -> str:
        """What the suite is waiting for just now; empty if for nothing."""
        return self._text(NOTE_AT, NOTE_SIZE)

    @note.setter
    def note(self, note: str) -> None:
        self._put(NOTE_AT, NOTE_SIZE, note.encode("utf-8", "replace"))

    @property
    def alarmed(self) -> bool:
        """Whether the process may have set an alarm, which the kernel shows to nobody else."""
        return bool(self._memory[ALARMED_AT])

    @alarmed.setter
    def alarmed(self, alarmed: bool) -> None:
        self._memory[ALARMED_AT] = alarmed

    @property
    def looked(self) -> tuple[int, int]:
        """The number of the suite's wait in which its main thread looks for a state, and how often it did in vain.

        (0, 0) while it is in no such wait. The wait ends with the state and with nothing else, no time among it.
        """
        number, times = struct.unpack_from("<qq", self._memory, LOOKED_AT)
        return number, times

    @looked.setter
    def looked(self, looked: tuple[int, int]) -> None:
        struct.pack_into("<qq", self._memory, LOOKED_AT, *looked)

    # the tape

    def reserve(self) -> int:
        """The number of the next call on the tape."""
        return next(self._next)

    def write(self, call: Call) -> None:
        """Put a call on the tape, or what has become of it."""
        data = pack(call)
        start = self._slot(call.number)
        self._memory[start : start + 2 + len(data)] = struct.pack("<H", len(data)) + data

    def calls(self) -> list[Call]:
        """The calls that are still on the tape, in the order in which they began."""
        return sorted(self._kept(), key=lambda call: call.number)

    def _kept(self) -> Iterator[Call]:
        empty = 0
        for place in range(FIRST_CALLS + LAST_CALLS):
            start = SLOTS_AT + place * SLOT
            (size,) = struct.unpack_from("<H", self._memory, start)
            empty = 0 if size else empty + 1
            if empty == EMPTY:  # to look at a place takes memory for it
                break
            if size and (call := unpack(self._memory[start + 2 : start + 2 + size])):
                yield call

    def count(self, counter: int, value: int) -> None:
        """Set a counter."""
        struct.pack_into("<q", self._memory, COUNTERS_AT + 8 * counter, value)

    def name_counters(self, names: list[str]) -> None:
        """Say what the counters count."""
        self._put(NAMES_AT, NAMES_SIZE, " ".join(names).encode())

    def counts(self) -> dict[str, int]:
        """All counters by their names."""
        values = struct.unpack_from(f"<{COUNTERS}q", self._memory, COUNTERS_AT)
        return dict(zip(self._text(NAMES_AT, NAMES_SIZE).split(), values, strict=False))

    # the end

    @property
    def fault(self) -> str:
        """A traceback of the engine's own: what it could not take down; empty as a rule."""
        try:
            found = json.loads(self._text(FAULT_AT, FAULT_SIZE))
        except (ValueError, RecursionError):  # nothing, or what the code under test has written over it
            return ""
        return found if isinstance(found, str) else ""

    @fault.setter
    def fault(self, text: str) -> None:
        self._put(FAULT_AT, FAULT_SIZE, json.dumps(text[-FAULT_SIZE // 2 :]).encode())

    @property
    def conclusion(self) -> str:
        """What the process came to, as whoever wrote it put it; empty if it never got so far."""
        return self._text(END_AT, END_SIZE)

    @conclusion.setter
    def conclusion(self, text: str) -> None:
        self._put(END_AT, END_SIZE, text.encode("utf-8", "replace"))

    def _slot(self, number: int) -> int:
        place = number if number < FIRST_CALLS else FIRST_CALLS + (number - FIRST_CALLS) % LAST_CALLS
        return SLOTS_AT + place * SLOT

    def _put(self, start: int, size: int, data: bytes) -> None:
        data = data[: size - 4]
        self._memory[start : start + 4 + len(data)] = struct.pack("<I", len(data)) + data

    def _text(self, start: int, size: int) -> str:
        (length,) = struct.unpack_from("<I", self._memory, start)
        return self._memory[start + 4 : start + 4 + min(length, size - 4)].decode("utf-8", "replace")
