"""Shows what recv returned: bytes.

caught by: test_it_greets_once_and_shows_what_is_said
words: takes text, and recv() returns bytes
"""

import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        with conn:
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
                while data := conn.recv(1024):
                    show(data)
            except ConnectionError:
                pass


def talk(address, messages):
    with socket.create_connection(address) as client, client.makefile("rb") as reader:
        line = reader.readline()
        if not line.endswith(b"\n"):
            raise EOFError("half a greeting")
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        reader.read()
    return line[:-1].decode()
