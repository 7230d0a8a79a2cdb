"""4.7 closed fd and duplicates

epoll watches what a descriptor refers to, and a connection may have several
descriptors: one from dup(), one in a forked child. epoll finds an entry by the number
with which it was registered, but the entry lives as long as any of them. So closing a
registered socket is not enough: while a duplicate lives, events for the closed number
go on, and that number cannot stop them any more.

Write forget(epoll, sock), which gives a socket up.
- Afterwards epoll does not watch it, and sock is closed.
- All else is as before: the other entries, and the duplicates, which still use the
  connection, in the mode and with the options that they share with sock.
- If the socket is not registered, only close it.
- If it is closed already, do nothing, even if something else has its number by now.
- If epoll cannot be asked, because it is closed itself or the kernel refuses, close
  the socket all the same.

Document: program 5, where a connection is given up after an exception; nothing is said
about duplicates.
"""

import select
import socket


def forget(epoll: "select.epoll", sock: socket.socket) -> None:
    """Take `sock` out of `epoll`'s interest list, if it is there, and close it.

    Does nothing if `sock` is closed already. `sock` is closed on every way out.
    """
    raise NotImplementedError
