"""The client waits for the newline of a server that is gone.

caught by: test_what_ends_the_client_early_is_an_error_and_leaves_no_socket_open
words: a busy loop
"""

import codecs
import contextlib
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
            greeting += client.recv(1024)
        for message in messages:
            client.sendall(message.encode())
        client.shutdown(socket.SHUT_WR)
        with contextlib.suppress(BlockingIOError):
            while client.recv(65536, socket.MSG_DONTWAIT):
                pass
    return greeting[:-1].decode()
