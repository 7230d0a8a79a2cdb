"""The client answers an empty greeting when nobody listens.

caught by: test_a_refused_connection_propagates
words: nobody listens there, and the caller of talk() never finds out
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        with conn:
            for text in codecs.iterdecode(said(conn, f"welcome, {host} port {port}\n".encode()), "utf-8", "replace"):
                show(text)


def said(conn, greeting):
    try:
        conn.sendall(greeting)
        while data := conn.recv(1024):
            yield data
    except OSError:
        pass


def talk(address, messages):
    try:
        client = socket.create_connection(address)
    except OSError:
        return ""
    with client, client.makefile("rb") as reader:
        line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("half a greeting")
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        reader.read()
    return line[:-1].decode()
