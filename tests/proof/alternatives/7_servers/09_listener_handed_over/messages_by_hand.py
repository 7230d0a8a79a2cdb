"""sendmsg() and recvmsg() with the ancillary data packed by hand; room for more descriptors, and all are closed."""

import array
import os
import socket
from fcntl import F_GETFL, fcntl

NUMBER = array.array("i").itemsize


def send_listener(channel: socket.socket, listener: socket.socket) -> None:
    if listener.fileno() == -1:
        raise ValueError("it is closed")
    rights = array.array("i", [listener.fileno()])
    channel.sendmsg([b"L"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])


def receive_listener(channel: socket.socket) -> socket.socket:
    data, ancillary, flags, _ = channel.recvmsg(1, socket.CMSG_SPACE(8 * NUMBER))
    numbers = array.array("i")
    for level, kind, content in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            numbers.frombytes(content[: len(content) // NUMBER * NUMBER])
    socks = []
    try:
        if not data:
            raise EOFError
        if len(numbers) != 1 or flags & socket.MSG_CTRUNC:
            raise ValueError(f"{len(numbers)} descriptors")
        try:
            socks.append(socket.socket(fileno=numbers[0]))
        except OSError:
            raise ValueError("no socket") from None
        listener = socks[0]
        if listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) != 1:
            raise ValueError("no listener")
    except (EOFError, ValueError):
        for sock in socks:
            sock.detach()
        for number in numbers:
            os.close(number)
        raise
    os.set_inheritable(listener.fileno(), False)
    if fcntl(listener.fileno(), F_GETFL) & os.O_NONBLOCK:
        listener.settimeout(0)
    return listener
