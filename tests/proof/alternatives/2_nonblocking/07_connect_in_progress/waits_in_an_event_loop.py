"""Waits in an event loop of asyncio for the socket to be writable."""

import asyncio
import errno
import os
import select
import socket


def result(sock: socket.socket) -> int:
    return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)


async def decided(sock: socket.socket, timeout: float) -> int:
    loop = asyncio.get_running_loop()
    writable = asyncio.Event()
    loop.add_writer(sock, writable.set)
    try:
        await asyncio.wait_for(writable.wait(), timeout)
        return result(sock)
    except asyncio.TimeoutError:
        return errno.ETIMEDOUT
    finally:
        loop.remove_writer(sock)


def start_connect(address: tuple[str, int]) -> socket.socket:
    sock = socket.socket()
    try:
        sock.setblocking(False)
        code = sock.connect_ex(address)
        if code not in (0, errno.EINPROGRESS):
            raise OSError(code, os.strerror(code))
    except BaseException:
        sock.close()
        raise
    return sock


def finish_connect(sock: socket.socket, timeout: float) -> int:
    if not timeout:
        return result(sock) if select.select([], [sock], [], 0)[1] else errno.ETIMEDOUT
    return asyncio.run(decided(sock, timeout))
