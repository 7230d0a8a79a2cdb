"""1.13 unread input turns close into reset: say the end, read to the end, then close.

RFC 1122, 4.2.2.13 and RFC 2525, 2.17: a host that closes with received data
unread sends RST, so that the peer learns that its data was lost. The RST also
discards what the closing side had sent and the peer has not yet taken.
"""

import socket


def lingering_close(sock: socket.socket, limit: int) -> int:
    """End sending, throw away input until the peer ends or limit bytes are gone, close.

    sock is connected and blocking; limit is in bytes. Returns the number of
    bytes thrown away, limit at most. The socket is closed on every way out,
    also when the connection breaks; whether that is raised is open.
    """
    discarded = 0
    with sock:
        # First, or a peer that waits for our end and we, who wait for its end, would both wait for ever.
        sock.shutdown(socket.SHUT_WR)
        # The limit is for peers that never stop. Whoever reaches it gets the reset.
        while discarded < limit:
            # b"" means that the peer has ended: it has read our end, or does not want to. Nothing more
            # can come, the queue stays empty, and close() has no reason to reset.
            piece = sock.recv(min(65536, limit - discarded))
            if not piece:
                break
            discarded += len(piece)
    return discarded
