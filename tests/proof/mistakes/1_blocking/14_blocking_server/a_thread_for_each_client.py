"""Gives each client a thread: that is another model, in which nobody waits for the first to leave.

caught by: test_the_second_client_waits_until_the_first_has_left
words: your server called accept() again while the first client was there
"""

import codecs
import socket
import threading


def serve(listener, show=print):
    while True:
        threading.Thread(target=serve_one, args=(*listener.accept(), show), daemon=True).start()


def serve_one(conn, address, show):
    with conn:
        try:
            conn.sendall("welcome, {} port {}\n".format(*address).encode())
            for text in codecs.iterdecode(iter(lambda: conn.recv(1024), b""), "utf-8", "replace"):
                show(text)
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
