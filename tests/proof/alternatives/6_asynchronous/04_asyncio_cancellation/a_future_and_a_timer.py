"""One future, and whoever comes first settles it: the reader or the timer."""

import asyncio
import socket


async def recv_or_none(sock: socket.socket, n: int, timeout: float) -> bytes | None:
    loop = asyncio.get_running_loop()
    settled: asyncio.Future[bool] = loop.create_future()

    def settle(in_time: bool) -> None:
        if not settled.done():
            settled.set_result(in_time)

    loop.add_reader(sock, settle, True)
    timer = loop.call_later(timeout, settle, False)
    try:
        in_time = await settled
    finally:
        timer.cancel()
        loop.remove_reader(sock)
    return sock.recv(n) if in_time else None
