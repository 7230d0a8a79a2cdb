"""6.8 wakeup from another thread: let the loop's thread do everything, and ask for it with a wake-up.

Python documentation, "Concurrency and multithreading": almost no asyncio object is safe
to use from another thread; call_soon_threadsafe() is. It adds the callback and then
writes a byte into a socketpair which the selector watches: kata 3.9 inside of asyncio.
"""

import asyncio
from typing import Any


class Mailbox:
    """Carries items from any thread to the tasks of one event loop."""

    def __init__(self) -> None:
        """Belong to the running loop; called in its thread."""
        # In another thread there is no running loop to ask for: remember ours.
        self._loop = asyncio.get_running_loop()
        # Only the loop's thread ever touches it. The oldest item goes to the oldest waiter, and stays in
        # the queue until that task runs: if it is cancelled on the way, the next one finds the item.
        self._items: asyncio.Queue[Any] = asyncio.Queue()

    def post(self, item: Any) -> None:
        """Put an item in, from any thread; at once, and without an error."""
        try:
            # Callbacks run in the order of these calls. Nobody waits: the queue has no limit.
            self._loop.call_soon_threadsafe(self._items.put_nowait, item)
        except RuntimeError:
            # The loop is closed. To ask is_closed() first would not do: it may be closed right after the answer.
            pass

    async def get(self) -> Any:
        """Wait for an item, and return the oldest; called in the loop's thread alone."""
        return await self._items.get()
