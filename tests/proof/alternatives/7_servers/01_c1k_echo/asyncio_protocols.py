"""asyncio's transports do it: they send at once, keep what is left, and tell when there is too much of it."""

import asyncio
import errno
import socket
from typing import Any

NO_MORE = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class Echo(asyncio.Protocol):
    def __init__(self, everybody: set[asyncio.Transport]) -> None:
        self.everybody = everybody

    def connection_made(self, transport: Any) -> None:
        self.transport: asyncio.Transport = transport
        self.everybody.add(transport)
        transport.set_write_buffer_limits(high=256 * 1024)

    def data_received(self, data: bytes) -> None:
        self.transport.write(data)

    def pause_writing(self) -> None:
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        self.transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self.everybody.discard(self.transport)


async def _serve(listener: socket.socket, stop: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    everybody: set[asyncio.Transport] = set()

    def failed(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        # At the limit of descriptors asyncio itself leaves the listener alone for a second.
        error = context.get("exception")
        if error and getattr(error, "errno", 0) not in NO_MORE and not over.done():
            over.set_exception(error)

    def stopped() -> None:
        if not over.done():
            over.set_result(None)

    loop.set_exception_handler(failed)
    # The server will close its socket, and the listener is not ours to close.
    server = await loop.create_server(lambda: Echo(everybody), sock=listener.dup(), backlog=1024)
    loop.add_reader(stop, stopped)
    try:
        await over
    finally:
        loop.remove_reader(stop)
        server.close()
        for transport in everybody:
            transport.abort()
        await asyncio.sleep(0)  # in which the aborted ones are closed


def serve(listener: socket.socket, stop: socket.socket) -> None:
    mode = listener.gettimeout()
    try:
        asyncio.run(_serve(listener, stop))
    finally:
        listener.settimeout(mode)
