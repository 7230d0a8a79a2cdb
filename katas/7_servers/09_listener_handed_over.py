"""7.9 listener handed over

A server is replaced by a new one while clients keep coming. If the old one closes its
listener, the clients in its queue are reset, and until the new one listens everybody is
refused. So the old process hands its listener to the new one, over a Unix socket that
connects the two: it is the same queue.

Write both ends. Channel is a connected AF_UNIX stream socket, blocking. One byte, whatever
it is, carries one listener. What follows it on the channel is for others: each call deals
with one byte.

send_listener(channel, listener) hands the listener over. Leave the sender's own copy as it
is: its owner closes it, before the new process has received the other one or after, and no
connection is lost.

receive_listener(channel) waits for a listener and returns it as a socket of the caller's:
- It has the listener's family and type, and no child inherits it.
- It is blocking or not, just as the listener is, in Python's eyes and in the kernel's. The old
  server still uses its copy, so do not change the mode.
- Raise EOFError at the end of the channel.
- Raise ValueError for a byte without a descriptor or with more than one, or with one that is
  not a listener, and leave nothing open that came with it.

Document: beyond it. This closes the gap that kata 7.6 leaves.
"""

import socket


def send_listener(channel: socket.socket, listener: socket.socket) -> None:
    """Send one byte over `channel`, and with it a descriptor for the listener.

    Raises OSError if the channel or the listener fails.
    """
    raise NotImplementedError


def receive_listener(channel: socket.socket) -> socket.socket:
    """Wait for a listener on `channel` and return it.

    Raises EOFError at the end of the channel, ValueError if what comes is not
    one listener, and OSError if the channel fails; nothing is left open.
    """
    raise NotImplementedError
