"""1.14: a blocking server has one client at a time, and no client can end it; and its client."""

import errno
import select
import socket

from dojo.suite import (
    GREEN,
    accepted,
    break_off,
    client_gone_before_accept,
    descriptors,
    hints,
    on_stub,
    raises_errno,
    read_to_end,
    reset,
    reset_in_queue,
    text_of,
    unread,
    wait_delivered,
    wait_queued,
    wait_readable,
    wait_until,
    welcome,
)


def greeted(client, serving):
    """What the client gets up to the first newline. Raises what ended the server meanwhile."""
    line = b""
    while not line.endswith(b"\n"):
        wait_until(lambda: unread(client) or serving.done, "the greeting at the client")
        if not unread(client):
            serving.check()
        line += client.recv(1024)
    return line


def wait_lines(shown, number):
    """Wait until so many lines are shown, in pieces of any size."""
    wait_until(lambda: text_of(shown).count("\n") >= number, f"line {number} to be shown")


@hints(
    "There are two addresses. Whose is the one in the greeting?",
    "accept() hands out a connection and the address of the client: a host and a port, in a tuple.",
    'host, port = address; f"welcome, {host} port {port}\\n", encoded.',
)
@on_stub("greeting holds the host and the port of this client")
def test_a_client_is_greeted_with_its_own_address(serve, listener, connect):
    serving = serve()
    # Nobody has come yet: it sleeps in the kernel.
    serving.asleep()
    client = connect(listener)
    assert greeted(client, serving) == welcome(client), "the greeting holds the host and the port of this client"


@hints(
    "Which of your lines run once for a connection, and which run once for a message?",
    "Greet between accept() and the loop that reads.",
)
@on_stub("greeting comes once, and not with every message")
def test_it_greets_once_and_shows_what_is_said(serve, listener, connect):
    shown = []
    serving = serve(shown.append)
    client = connect(listener)
    greeted(client, serving)
    for number, line in enumerate((b"one\n", b"two\n"), 1):
        client.sendall(line)
        wait_lines(shown, number)
    assert text_of(shown) == "one\ntwo\n", "what the client says is shown, all of it and nothing else"
    # Between the two lines a server that greets too often has done it again.
    assert unread(client) == 0, "the greeting comes once, and not with every message"


@hints(
    "recv() returns bytes, not characters. What are the first two bytes of '€'?",
    "Something must keep the first bytes of a character until the last has come: not bytes.decode().",
    'codecs.getincrementaldecoder("utf-8")("replace") makes one decoder; feed it piece by piece.',
)
@on_stub("UnicodeDecodeError")
def test_a_character_that_arrives_in_pieces_is_shown_whole(serve, listener, connect):
    shown = []
    serving = serve(shown.append)
    client = connect(listener)
    greeted(client, serving)
    # '€' is three bytes. Each goes out when the server has read the one before and sleeps again.
    for piece in (b"5 \xe2", b"\x82", b"\xac\n"):
        serving.asleep()
        client.sendall(piece)
    wait_lines(shown, 1)
    assert text_of(shown) == "5 €\n", "recv() cut a character in pieces, and they were not put together"


@hints(
    "What does recv() return when the client has nothing more to say?",
    'b"" is no message: it is the end. Leave the loop, close the connection, take the next client.',
)
@on_stub('end of the stream is b"" from recv(), and no message')
def test_at_the_end_of_the_stream_it_closes_the_connection(serve, listener, connect):
    serving = serve()
    client = connect(listener)
    greeted(client, serving)
    # The client says that it is done, and still listens.
    client.shutdown(socket.SHUT_WR)
    wait_readable(client, "the end of the stream at the client: is the connection ever closed?")
    assert client.recv(1024) == b"", (
        'the end of the stream is b"" from recv(), and no message: the server closes, it says no more'
    )


@hints(
    "One thread sleeps in one call. For whom does this one wait while a client is silent?",
    "When the first client has left, the loop comes back to accept(), and there the second is.",
)
@on_stub("BrokenPipeError EPIPE")
def test_the_second_client_waits_until_the_first_has_left(serve, listener, connect, tape):
    serving = serve()
    first = connect(listener)
    greeted(first, serving)
    second = connect(listener)
    wait_until(
        lambda: bool(select.select([listener], [], [], 0)[0]) or tape.count("accept") > 1, "the second connection"
    )
    serving.asleep()
    # The kernel has completed the second connection, and nobody has accepted it.
    waits = tape.count("accept") == 1 and unread(second) == 0
    assert waits, "one client after the other: the second is taken when the first has left"
    first.close()
    assert greeted(second, serving) == welcome(second), "the first has left: it is the second client's turn"


@hints(
    "A client that is killed may send RST instead of FIN. How does recv() tell you?",
    "recv() raises ConnectionResetError: treat it as the end of this client.",
    "Whatever OSError a call on this connection raises ends this client.",
)
@on_stub("data = conn.recv(1024)")
def test_a_client_that_resets_does_not_end_it(serve, listener, connect):
    serving = serve()
    client = connect(listener)
    greeted(client, serving)
    client.sendall(b"I am abou")
    serving.asleep()
    # It waits for the rest of the word, and a reset comes instead.
    reset(client)
    client = connect(listener)
    assert greeted(client, serving) == welcome(client), "the server goes on with the next client"


@hints(
    "A client can send any bytes. What does your decoder do with those that are no UTF-8?",
    'errors="replace" puts U+FFFD in their place. Half a character that nothing follows is one of them.',
    'One decoder for each client, and decode(b"", final=True) at its end.',
)
@on_stub("UnicodeDecodeError")
def test_what_is_no_utf8_is_replaced(serve, listener, connect):
    shown = []
    serving = serve(shown.append)
    first = connect(listener)
    greeted(first, serving)
    first.sendall(b"\xff ok \xc3")
    first.close()
    # 'é' is C3 A9: the first client left after C3, and the second comes with A9.
    second = connect(listener)
    greeted(second, serving)
    second.sendall(b"\xa9\n")
    wait_lines(shown, 1)
    assert "é" not in text_of(shown), "half a character of one client was put together with half of the next one's"
    # One for FF, one for the half at the end, one for the half at the beginning.
    assert text_of(shown) == "\ufffd ok \ufffd\ufffd\n", "each piece that is no character is shown as U+FFFD"


@hints(
    "Whose error is it, when accept() itself raises?",
    "Catch what the conversation with one client raises, and nothing round accept().",
)
@on_stub(GREEN)
def test_an_error_of_the_listener_propagates(kata, listener):
    listener.close()
    with raises_errno("EBADF", "ValueError", words="the listener is closed, and the caller never finds out"):
        kata.serve(listener)


@hints(
    "show() is not a call on the connection. May its error be taken for the client's?",
    "Keep show() out of the try that catches resets; let a with statement close the connection.",
)
@on_stub("connection was left open when show() failed")
def test_an_error_of_show_propagates_and_the_connection_is_closed(kata, listener, connect, background, tape):
    def show(text):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    # As print() does when nobody reads its output any more.
    connect(listener).sendall(b"hello\n")
    before = descriptors()
    serving = background(kata.serve, listener, show, may_raise=True)
    wait_until(lambda: serving.done or tape.count("accept") > 1, "show() to fail, and serve() to end with its error")
    assert serving.done, "the error of show() was taken for one of the client"
    with raises_errno("EPIPE", words="an error of show() was swallowed: the caller never finds out"):
        serving.result()
    assert descriptors() == before, "the connection was left open when show() failed"


@hints(
    "The server greets once. For how many greetings does your client wait?",
    "Read one line, send all messages one after the other, then end the stream.",
    "shutdown(SHUT_WR) or close() ends it. A with statement closes on every way out.",
)
@on_stub("still blocked in socket 1.recv(1024)")
def test_the_client_says_everything_and_ends(kata, listener, background, keep):
    talking = background(kata.talk, listener.getsockname(), iter(["one ", "två ", "three"]))
    conn = accepted(listener, keep)
    conn.sendall(b"welcome, friend\n")
    assert read_to_end(conn) == "one två three".encode(), "the server reads all messages, and then the end"
    conn.close()
    assert talking.result() == "welcome, friend", "the greeting is returned without its newline"


@hints(
    "How much of a line does one recv() bring?",
    "Go on reading until the newline is there; decode when the line is whole.",
)
@on_stub("it returned 'v'")
def test_the_client_waits_for_the_whole_greeting(kata, listener, background, keep):
    talking = background(kata.talk, listener.getsockname(), ["hello"])
    conn = accepted(listener, keep)
    for piece in (b"v", b"\xc3", b"\xa4lkommen"):
        conn.sendall(piece)
        wait_delivered(conn)
        talking.asleep()
    # The newline has not come: the line is not whole.
    assert unread(conn) == 0, "the client speaks before it has heard the whole greeting"
    conn.sendall(b"\n")
    assert read_to_end(conn) == b"hello", "then it says what it has to say"
    conn.close()
    assert talking.result() == "välkommen", "the greeting is put together from its pieces"


@hints(
    "address is a tuple of two. What does % do with a tuple on its right?",
    "You need not say it better than the kernel: let connect()'s own exception out.",
    "Close the socket on this way out too: socket.create_connection() does, and so does a with statement.",
)
@on_stub("TypeError: not all arguments converted")
def test_a_refused_connection_propagates(kata, keep):
    # An address that is taken, so that nobody else can have it, and nobody listens there.
    taken = keep(socket.socket())
    taken.bind(("127.0.0.1", 0))
    with raises_errno("ConnectionRefusedError", words="nobody listens there, and talk() must not hide it"):
        kata.talk(taken.getsockname(), ["hello"])


@hints(
    "What does recv() return, time and again, when the server is gone?",
    'b"" before the newline: the greeting will never be whole. Raise EOFError.',
)
@on_stub("greeting was cut off, and talk() takes it for a whole one")
def test_half_a_greeting_is_an_error(kata, listener, background, keep):
    talking = background(kata.talk, listener.getsockname(), ["hello"], may_raise=True)
    conn = accepted(listener, keep)
    conn.sendall(b"welc")
    conn.close()
    with raises_errno("EOFError", words="the greeting was cut off, and talk() takes it for a whole one"):
        talking.result()


@hints(
    "The kernel hands out connections that are dead already. Which call notices it first?",
    "The greeting itself may fail. That is the client's end and not yours.",
    "A client may be gone before accept() returns: ECONNABORTED. Catch that one there, and call accept() again.",
)
@on_stub("ECONNRESET")
def test_a_client_that_is_gone_before_its_greeting_does_not_end_it(serve, listener, connect):
    gone = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(gone)
    connect(listener).close()
    # Two are in the queue: a connection that was reset and one that has ended.
    serving = serve()
    client = connect(listener)
    assert greeted(client, serving) == welcome(client), "the server goes on with the next client"
    client.close()
    with client_gone_before_accept(listener):
        client = connect(listener)
        assert greeted(client, serving) == welcome(client), "the server goes on with the next client"


@hints(
    "TCP has given up a client that does not answer. Which exception is that, and does your except clause catch it?",
    "ETIMEDOUT is a TimeoutError and no ConnectionError. Both are OSErrors.",
)
@on_stub("data = conn.recv(1024)")
def test_a_client_that_times_out_does_not_end_it(serve, listener, connect):
    serving = serve()
    client = connect(listener)
    greeted(client, serving)
    serving.asleep()
    break_off(client, "ETIMEDOUT")
    client = connect(listener)
    assert greeted(client, serving) == welcome(client), "the server goes on with the next client"
