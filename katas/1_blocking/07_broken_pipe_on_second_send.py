"""1.7 broken pipe on second send

After the peer has closed, the first send() succeeds: the kernel takes the
bytes. The peer's kernel answers with RST, and only the next send() raises.

Write deliver(sock, messages):
1. Send the messages in order, each whole before you ask for the next.
2. Return how many the kernel took whole, empty ones included.
3. When a send raises BrokenPipeError or ConnectionResetError, stop there, and
   ask for no further message. A FIN is no break.
4. Let every other OSError propagate, the caller's timeout too.
5. Let whatever `messages` raises propagate.
6. While the buffers are full, sleep in the kernel without limit.
7. Leave the socket open, with its timeout and its O_NONBLOCK, on every way out.

Open: whether ETIMEDOUT means that the connection broke.

Document: programs 1 and 4 end so when a client leaves.
"""

import socket
from collections.abc import Iterable


def deliver(sock: socket.socket, messages: Iterable[bytes]) -> int:
    """Send messages until there are no more or the connection is broken.

    Returns how many messages the kernel took whole. Raises OSError for an
    error that is no broken connection, and what `messages` raises.
    """
    raise NotImplementedError
