"""3.9 wakeup socketpair

A thread that sleeps in select() is woken only by descriptors. Another thread that
has work for it needs a descriptor of its own to make readable.

Write the class Waker.
- select(), poll() and selectors take it as it is, because it has a fileno(), which
  stays the same all its life.
- wake() makes it readable. That ends the wait, or the next one if nobody waits now.
- drain() makes it unreadable again, however many wake-ups there were: they are not
  messages, and a hundred of them say no more than one.
- close() closes what the Waker has opened.
- wake() is called from any thread and from signal handlers, whatever the thread was
  doing when the signal came.
- wake() and drain() never block and never raise, with nothing pending or with
  thousands of wake-ups that nobody drains.
- A wake() after a drain() always counts. One that comes while drain() is at work may
  be taken with the others, but what comes after it counts again.

Document: not in it; its servers sleep in select() until a client wakes them.
"""


class Waker:
    """What one thread watches in its wait and other threads make readable."""

    def __init__(self) -> None:
        """Open what it needs; nothing is readable yet."""
        raise NotImplementedError

    def fileno(self) -> int:
        """The descriptor to watch for reading."""
        raise NotImplementedError

    def wake(self) -> None:
        """Make the descriptor readable, at once; it may be so already."""
        raise NotImplementedError

    def drain(self) -> None:
        """Take all wake-ups: the descriptor is not readable any more."""
        raise NotImplementedError

    def close(self) -> None:
        """Close every descriptor of this object; nothing else is called after it."""
        raise NotImplementedError
