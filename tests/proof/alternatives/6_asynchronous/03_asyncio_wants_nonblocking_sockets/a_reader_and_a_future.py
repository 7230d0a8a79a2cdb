"""Waits with add_reader() alone, and reads a copy without Python's timeout, by a flag: the mode stays as it is."""

import asyncio
import os
import socket


async def recv_some(sock: socket.socket, n: int) -> bytes:
    loop = asyncio.get_running_loop()
    with socket.socket(fileno=os.dup(sock.fileno())) as copy:
        while True:
            readable = loop.create_future()
            loop.add_reader(sock, lambda known=readable: known.done() or known.set_result(None))
            try:
                await readable
            finally:
                loop.remove_reader(sock)
            try:
                return copy.recv(n, socket.MSG_DONTWAIT)
            except BlockingIOError:
                pass  # somebody else was faster
