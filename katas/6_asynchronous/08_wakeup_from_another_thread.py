"""6.8 wakeup from another thread

An event loop with nothing to do sleeps in its selector, and only a descriptor can wake
it. call_soon() puts a callback into a list and wakes nobody: from another thread the
callback waits for as long as the loop sleeps. Most of asyncio is like that.

Write Mailbox, for one loop and any number of threads. post(item) is called from any
thread, the loop's own among them: it puts an item in, and the loop, if it is asleep,
wakes up. It never waits and never raises. While the loop is not running or has other
things to do, items wait; when it is closed, drop them and print nothing. get() is
awaited by tasks of the loop, many at the same time if they like: it returns the oldest
item, and waits while there is none. Those that wait are served in the order of their
calls; whether one that calls just as an item arrives gets in between is open.

What one thread posts comes out in that order. A task that is cancelled while it waits
takes no item with it, and nobody notices. While there is nothing to do the thread of
the loop sleeps, for as long as it takes, and other tasks can run. Anything can be an
item, None as well.

Document: beyond it; its servers sleep in select() until a client wakes them, and 3.9
has the trick behind this one.
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
