"""1.8 send takes a part: go on behind what was taken.

send(2) returns the number of bytes that were queued. Python's documentation of
socket.send() leaves the rest to the application: "if only some of the data was
transmitted, the application needs to attempt delivery of the remaining data".
"""

import socket


def send_all(sock: socket.socket, data: bytes) -> None:
    """Send all of `data` with as many calls of sock.send() as that takes.

    Raises TimeoutError if the socket's timeout passes while the kernel takes
    nothing, and OSError if the connection breaks. Some bytes may have gone by
    then, and nobody can tell how many of them were read.
    """
    # A slice of bytes is a copy of everything that is left; a slice of a view is not.
    rest = memoryview(data)
    while rest:
        # The count says how far the kernel got, whatever it was offered. send() itself
        # sleeps while there is no room, and raises if there never will be any.
        taken = sock.send(rest)
        rest = rest[taken:]
