"""Greets its clients and keeps their connections, and never watches, reads or closes one.

caught by: test_what_a_client_says_comes_back_at_once
words: what a client said did not come back to it alone, as it came
"""

import select
import socket


def serve(listener, limit=5.0, idle=lambda: print("idle")):
    mode = listener.gettimeout()
    connections = []
    try:
        listener.setblocking(False)
        while True:
            readable, _, _ = select.select([listener], [], [], limit)
            if not readable:
                idle()
            if listener in readable:
                conn, (host, port) = listener.accept()
                connections.append(conn)
                conn.send(f"welcome, {host} port {port}\n".encode())
    finally:
        for conn in connections:
            conn.close()
        listener.settimeout(mode)


def talk(address, messages):
    echoes = []
    with socket.create_connection(address) as client, client.makefile("rb") as reader:
        line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("half a greeting")
        for message in messages:
            client.sendall(message)
            echo = reader.read(len(message))
            if len(echo) < len(message):
                raise EOFError("half an echo")
            echoes.append(echo)
    return line[:-1].decode(), echoes


def repeats(listener, turns):
    return sum(bool(select.select([listener], [], [], 0)[0]) for _ in range(turns))
