"""Picks the attributes with operator.attrgetter."""

import socket
from operator import attrgetter
from typing import Any


def interest(connections: list[Any]) -> tuple[list[socket.socket], list[socket.socket]]:
    connections = list({id(connection.sock): connection for connection in connections}.values())
    sock_of = attrgetter("sock")
    with_output = filter(attrgetter("pending"), connections)
    return list(map(sock_of, connections)), list(map(sock_of, with_output))
