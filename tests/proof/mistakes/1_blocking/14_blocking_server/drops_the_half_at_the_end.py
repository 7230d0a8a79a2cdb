"""Never asks the decoder for what is left in it at the end.

caught by: test_invalid_utf8_is_replaced
words: your server did not show each piece that is not a character
"""

import codecs
import socket


def serve(listener, show=print):
    while True:
        conn, (host, port) = listener.accept()
        with conn:
            try:
                conn.sendall(f"welcome, {host} port {port}\n".encode())
                decoder = codecs.getincrementaldecoder("utf-8")("replace")
                while data := conn.recv(1024):
                    if text := decoder.decode(data):
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
