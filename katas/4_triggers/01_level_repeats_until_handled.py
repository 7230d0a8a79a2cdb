"""4.1 level repeats until handled

A level-triggered wait reports a state, not an event: bytes that nobody has read, a
client that nobody has accepted, the end of the stream. As long as the state lasts,
every wait reports it again. So a turn may leave something over: the next wait
reports it.

Write drain_level(sock, size), for a blocking socket.
- Read to the end of the stream, with one recv() of at most `size` bytes for each
  report.
- Return what the calls returned, in order. The end is a report too: the last item is
  b"", and no call comes after it.
- While there is nothing to read, sleep until something comes: do not return, and do
  not look again and again.
- Let every error propagate, a reset and ETIMEDOUT alike.
- The socket is the caller's: leave it open and blocking, on every way out.

Document: the prose on multiplexing explains the level trigger; in the remark on
program 3, which never accepts its client, select() reports it on every turn.
"""

import socket


def drain_level(sock: socket.socket, size: int) -> list[bytes]:
    """Read a blocking socket to its end, one recv() of `size` bytes (1 or more) for each report.

    Returns the pieces as they were read; the last one is b"", the end. Raises
    OSError if the connection fails before its end.
    """
    raise NotImplementedError
