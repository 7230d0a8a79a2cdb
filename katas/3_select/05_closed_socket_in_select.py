"""3.5 closed socket in select

A list of sockets to watch outlives the sockets in it. For a closed socket select()
raises one error if it is given the object, and another for the bare number. If the
kernel has given the number out again there is no error at all: select() then watches
whatever has that number now.

Write split_closed(socks).
- An item of the list is a socket or an integer: the number of a descriptor, of a
  socket, a pipe or anything else.
- Return two lists: the items behind which a descriptor is open in this process, and
  the items behind which none is.
- A number is -1 or one that a descriptor could have. -1 is what a closed socket
  gives as its number: no descriptor is behind it.
- Return the items themselves, in the order of the argument.
- It does not matter what the peers have done. Read nothing, close nothing, and never
  wait. Leave the caller's list as it is.

Document: not in it; program 4 puts every connection on its list and takes none
off again.
"""

import socket

Watched = socket.socket | int  # what select() takes: a socket, or the number of a descriptor


def split_closed(socks: list[Watched]) -> tuple[list[Watched], list[Watched]]:
    """Tell what can still be watched from what is closed.

    Returns the open ones and the closed ones, both in the order of `socks`.
    Raises nothing for a closed one, be it a socket or a number.
    """
    raise NotImplementedError
