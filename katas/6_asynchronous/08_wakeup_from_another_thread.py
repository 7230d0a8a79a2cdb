"""6.8 wakeup from another thread

An event loop with nothing to do sleeps in its selector, and only a descriptor can wake it.
call_soon() puts a callback into a list and wakes nobody: if another thread calls it, the
callback waits for as long as the loop sleeps. Most of asyncio is like that.

Write Mailbox, for one loop and any number of threads.
- post(item) is called from any thread, also the loop's own. It puts an item in, and wakes
  the loop if that is asleep. It never waits and never raises. Anything can be an item, None
  as well. What one thread posts comes out in that order.
- While the loop is not running or has other things to do, items wait. When it is closed,
  drop them and print nothing.
- get() is awaited by tasks of the loop, many at the same time if they like. It returns the
  oldest item, and waits while there is none. Serve those that wait in the order of their
  calls.
- A task that is cancelled while it waits takes no item with it. That changes nothing for
  the others.
- While there is nothing to do the thread of the loop sleeps, for as long as it takes, and
  other tasks can run.

Open: whether a task that calls get() just as an item arrives gets in between.

Document: beyond it; its servers sleep in select() until a client wakes them, and 3.9 shows
how that is done.
"""

from typing import Any


class Mailbox:
    """Carries items from any thread to the tasks of one event loop."""

    def __init__(self) -> None:
        """Belong to the running loop; called in its thread."""
        raise NotImplementedError

    def post(self, item: Any) -> None:
        """Put an item in, from any thread; at once, and without an error."""
        raise NotImplementedError

    async def get(self) -> Any:
        """Wait for an item, and return the oldest; called in the loop's thread alone."""
        raise NotImplementedError
