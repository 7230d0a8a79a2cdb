"""Let something happen at a given moment of the code under test."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

READS = ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into")


class ActsFirst:
    """A method that lets something happen when it is looked up, which is just before it is called."""

    def __init__(self, method: Any, act: Callable[[], Any]) -> None:
        self._method, self._act = method, act

    def __get__(self, sock: Any, kind: Any = None) -> Any:
        self._act()
        return self._method.__get__(sock, kind)


def before_reads(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """From now on act() is called just before any socket is read."""
    for name in READS:
        monkeypatch.setattr(socket.socket, name, ActsFirst(getattr(socket.socket, name), act))
