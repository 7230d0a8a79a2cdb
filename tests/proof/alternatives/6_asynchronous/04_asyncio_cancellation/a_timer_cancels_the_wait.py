"""A timer cancels the future on which the task waits, and a flag tells that from a cancellation of the task."""

import asyncio
import socket


async def recv_or_none(sock: socket.socket, n: int, timeout: float) -> bytes | None:
    loop = asyncio.get_running_loop()
    readable: asyncio.Future[None] = loop.create_future()
    cancelled_by_timer = False

    def time_is_over() -> None:
        nonlocal cancelled_by_timer
        cancelled_by_timer = readable.cancel()

    def report() -> None:
        if not readable.done():
            readable.set_result(None)

    loop.add_reader(sock, report)
    timer = loop.call_later(timeout, time_is_over)
    try:
        await readable
    except asyncio.CancelledError:
        if not cancelled_by_timer:
            raise
        return None
    finally:
        timer.cancel()
        loop.remove_reader(sock)
    return sock.recv(n)
