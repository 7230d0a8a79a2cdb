"""3.5 closed socket in select

A list of sockets to watch outlives the sockets in it. What select() makes of one
that is closed depends on how it was handed over: the object raises one error,
the bare number another, and a number that the kernel has given out again raises
none: select() then watches whatever has that number now.

Write split_closed(socks). Some of the things in the list are sockets, others are
integers: the numbers of descriptors, of a socket, a pipe or anything else. It
returns two lists: those behind which a descriptor is open in this process, and
those behind which there is none. -1, which a closed socket tells as its number,
is none; a number is -1 or one that a descriptor could have. Both lists hold the
things themselves, in the order of the argument.

What the peers have done is another question: nothing is read, nothing is
closed, and nobody waits. The list of the caller stays as it is.

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
