"""The client waits for the server to close, and has not said that it is done: both wait.

caught by: test_the_client_says_everything_and_ends
words: still blocked in socket 1.recv(1024)
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
    with socket.create_connection(address) as client:
        greeting = b""
        while not greeting.endswith(b"\n"):
            piece = client.recv(1024)
            if not piece:
                raise EOFError("half a greeting")
            greeting += piece
        for message in messages:
            client.sendall(message.encode())
        while client.recv(1024):
            pass
    return greeting[:-1].decode()
