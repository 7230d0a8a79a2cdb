"""The client speaks before it has heard the greeting.

caught by: test_the_client_waits_for_the_whole_greeting
words: your client spoke before it had heard the whole greeting
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
    with socket.create_connection(address) as client, client.makefile("rb") as reader:
        for message in messages:
            client.sendall(message.encode())
        return reader.readline()[:-1].decode()
