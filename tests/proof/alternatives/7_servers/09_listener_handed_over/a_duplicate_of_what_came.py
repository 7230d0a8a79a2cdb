"""Looks at what came, keeps a duplicate of it, which is made non-inheritable, and closes everything that came."""

import os
import socket
import stat


def send_listener(channel: socket.socket, listener: socket.socket) -> None:
    socket.send_fds(channel, [b"."], (listener.fileno(),))


def receive_listener(channel: socket.socket) -> socket.socket:
    message, fds, flags, _ = socket.recv_fds(channel, 1, 2)
    try:
        if not message:
            raise EOFError("end of the channel")
        if flags & socket.MSG_CTRUNC or len(fds) != 1 or not stat.S_ISSOCK(os.fstat(fds[0]).st_mode):
            raise ValueError("not one socket")
        sock = socket.socket(fileno=os.dup(fds[0]))
        if not sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            sock.close()
            raise ValueError("not a listener")
        sock.settimeout(None if os.get_blocking(sock.fileno()) else 0)
        return sock
    finally:
        for fd in fds:
            os.close(fd)
