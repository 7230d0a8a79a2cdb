"""Asks one poll() for all: POLLNVAL marks each number that is not open."""

import select
import socket

Watched = socket.socket | int


def split_closed(socks: list[Watched]) -> tuple[list[Watched], list[Watched]]:
    numbers = [one if isinstance(one, int) else one.fileno() for one in socks]
    poller = select.poll()
    for number in numbers:
        if number >= 0:
            poller.register(number, 0)
    bad = {number for number, event in poller.poll(0) if event & select.POLLNVAL}
    usable: list[Watched] = []
    closed: list[Watched] = []
    for one, number in zip(socks, numbers, strict=True):
        if number < 0 or number in bad:
            closed.append(one)
        else:
            usable.append(one)
    return usable, closed
