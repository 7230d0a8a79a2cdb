"""1.6 reset is an exception

A connection ends in one of two ways. FIN: the peer has sent everything, and
recv() returns empty bytes. RST: bytes may be missing, and recv() raises
ConnectionResetError, once, then returns empty bytes.

Write read_to_end(sock):
1. When recv() reports the end, return all bytes that came, and "eof".
2. When it raises ConnectionResetError, return all bytes that came, and "reset".
3. While the peer is silent, sleep in the kernel, with no limit of your own.
4. Let every other OSError propagate.
5. Never return bytes of another socket.
6. Leave the socket open, with its timeout and its O_NONBLOCK, on every way out.

Open: a non-blocking socket; whether a timeout limits each wait, all or none.

Document: program 5 says that Windows raises where Linux gives empty data. Linux
does both: FIN or RST decides.
"""

import socket


def read_to_end(sock: socket.socket) -> tuple[bytes, str]:
    """Read until the peer's stream ends, by FIN or by RST.

    Returns all bytes that came, and "eof" or "reset". Raises OSError for an
    error that is neither.
    """
    raise NotImplementedError
