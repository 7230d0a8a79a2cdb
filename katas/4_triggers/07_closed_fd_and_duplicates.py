"""4.7 closed fd and duplicates

epoll watches what a descriptor refers to, and a connection may have several:
one from dup(), one in a forked child. Its entry is found by the number with
which it was registered, but it lives as long as any of them. So closing a
registered socket is not enough: as long as a duplicate lives, events for the
closed number go on, and nobody can stop them by that number any more.

Write forget(epoll, sock), which gives a socket up. Afterwards epoll does not
watch it, sock is closed, and all else is as before: the other entries, and the
duplicates, which still use the connection in the mode and with the options that
they share with sock.

A socket that is not registered is only closed. For one that is closed already
nothing is left to do, even if its number is another's by now. When epoll cannot
be asked, because it is closed itself or the kernel refuses, the socket is
closed all the same.

Document: program 5, where a connection is given up after an exception; nothing
is said about duplicates.
"""

import select
import socket


def forget(epoll: "select.epoll", sock: socket.socket) -> None:
    """Take `sock` out of `epoll`'s interest list, if it is there, and close it.

    Does nothing if `sock` is closed already. `sock` is closed on every way out.
    """
    raise NotImplementedError
