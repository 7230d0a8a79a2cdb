"""1.14: a blocking server has one client at a time, and no client can end it; and its client."""

import contextlib
import errno
import socket
import sys

import pytest

from dojo.suite import (
    GREEN,
    MUCH,
    Finding,
    accept_fails,
    accepted,
    break_off,
    client_gone_before_accept,
    descriptors,
    hints,
    interrupted,
    is_readable,
    numbered,
    on_stub,
    over,
    raises_errno,
    read_to_end,
    requirement,
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

EMPTY = 'the client had said nothing, and your server called show("")'
MINUTE, HOUR = 61, 3601  # seconds, and one more: a limit of that has passed
LONG = b"!" * 9_000  # more than people make room for
ELSEWHERE = "127.0.0.2"  # a host of its own, which is not the server's
ODD = " welcome,\r\x85\f\u2028friend \t"  # one line: a newline is "\n", and nothing else
LONGER = 400_000  # bytes: more than the receive queue of a server holds that does not read


def ended(error, wanted):
    """What to say of an error that has ended the server, at the line that raised it."""
    name = f"{type(error).__name__} {errno.errorcode.get(getattr(error, 'errno', None), '')}".strip()
    found = Finding(f"your server ended with {name}", wanted, f"{name} ended serve()")
    return found.with_traceback(error.__traceback__)


@pytest.fixture
def greeting(hear):
    """`greeting(client)`: what the client is sent, up to the length of its greeting; less if the server rests."""

    def sent_so_far(client):
        try:
            return hear(client, len(welcome(client)))
        except OSError as error:
            raise ended(error, "serve() should go on, and greet the next client") from error

    return sent_so_far


@pytest.fixture
def text(comes):
    """`text(shown, wanted)`: what was shown in one piece, as soon as it is as long as `wanted`, or the server rests."""

    def shown_so_far(shown, wanted):
        try:
            comes(lambda: len(text_of(shown)) >= len(wanted), f"{wanted!r} to be shown")
        except UnicodeError as error:
            raise ended(error, f"show() should get {wanted!r}") from error
        return text_of(shown)

    return shown_so_far


@pytest.fixture
def long_silence(request, tape):
    """`long_silence()`: an hour passes; a minute where the code looks round meanwhile, for each look is a step."""
    if sys.platform != "linux":
        return lambda: None  # there it cannot be made to pass
    virtual_time = request.getfixturevalue("virtual_time")

    def passes():
        calls = len(tape.calls())
        virtual_time.advance(MINUTE)
        if len(tape.calls()) == calls:
            virtual_time.advance(HOUR)

    return passes


def everything(conn):
    """What the client says in all, and how its stream ends."""
    heard = b""
    while True:
        wait_readable(conn, "the end of the stream at the server: does your client ever end it?")
        try:
            piece = conn.recv(65536)
        except ConnectionError:
            return heard, "a reset"
        if not piece:
            return heard, "the end"
        heard += piece


def goes_on_reading(talking):
    """Wait until talk() sleeps again; raises Finding if it takes the greeting, which is still coming, for cut off."""
    try:
        talking.asleep()
    except EOFError as error:
        found = Finding(
            "the greeting was still coming, and your client gave it up", "talk() should go on reading", repr(error)
        )
        raise found.with_traceback(error.__traceback__) from error


@requirement(1, 4)
@hints(
    "A connection has two ends, each with a host and a port. Whose are the two in the greeting?",
    "accept() returns a connection and the address of the client: a host and a port, in a tuple.",
    'host, port = address; f"welcome, {host} port {port}\\n", encoded.',
)
@on_stub("your server did not greet the client with the client's address")
def test_a_client_is_greeted_with_its_own_address(serve, listener, keep, greeting, tape):
    serving = serve()
    # Nobody has come yet: it sleeps in the kernel.
    serving.asleep()
    client = keep(socket.socket())
    tape.label(client, "client")
    if sys.platform == "linux":  # there all of 127.0.0.0/8 is this machine
        client.bind((ELSEWHERE, 0))
    client.connect(listener.getsockname())
    assert greeting(client) == welcome(client), "your server did not greet the client with the client's address"


@requirement(1, 2)
@hints(
    "Does your server wait for more than has come, a newline for example? And what else does it show?",
    "recv() returns what is there. Decode it, and hand it to show() at once.",
    'A file object in text mode makes "\\n" of "\\r\\n", unless its newline is ""; "utf-8-sig" drops U+FEFF.',
)
@hints(
    "Which of your lines run once for a connection, and which run once for a message?",
    "Greet between accept() and the loop that reads.",
    when="sent it something again",
)
@on_stub("sent it something again")
def test_it_greets_once_and_shows_what_is_said(serve, listener, connect, greeting, text):
    shown = []
    serve(shown.append)
    client = connect(listener)
    greeting(client)
    # A mark that some decoders drop, line ends that some files translate, and a line that is not whole.
    so_far = ""
    for said in ("\ufeffone\r\n", "two\rthree"):
        client.sendall(said.encode())
        so_far += said
        assert text(shown, so_far) == so_far, "your server did not show what the client said, as it came"
    assert unread(client) == 0, "the client was greeted, and your server sent it something again"


@requirement(2, 3)
@hints(
    "recv() returns bytes, not characters. What are the first two bytes of '€'?",
    "Something must keep the first bytes of a character until the last has come: not bytes.decode().",
    'codecs.getincrementaldecoder("utf-8")("replace") makes one decoder; feed it piece by piece.',
)
@hints(
    "What does your decoder return for half a character, and at the end of the stream?",
    "An empty text, which nobody has said: if text: show(text).",
    when='show("")',
)
@on_stub("UnicodeDecodeError")
def test_a_character_that_arrives_in_pieces_is_shown_whole(serve, listener, connect, greeting, text, comes, tape):
    shown = []
    serving = serve(shown.append)
    client = connect(listener)
    greeting(client)
    # '€' is three bytes. Each goes out when the server has read the one before and sleeps again.
    for piece in (b"5 \xe2", b"\x82", b"\xac\n"):
        serving.asleep()
        client.sendall(piece)
    assert text(shown, "5 €\n") == "5 €\n", "a character came in pieces, and your server did not put them together"
    client.close()
    comes(lambda: tape.count("accept") > 1, "the next accept()")
    assert "" not in shown, EMPTY


@requirement(5)
@hints(
    "What does recv() return when the client has nothing more to say?",
    'b"" is no message: it is the end. Leave the loop, close the connection, take the next client.',
)
@on_stub("the client ended its side, and your server did not just close the connection")
def test_at_the_end_of_the_stream_it_closes_the_connection(serve, listener, connect, greeting, comes):
    serve()
    client = connect(listener)
    greeting(client)
    # The client says that it is done, and still listens.
    client.shutdown(socket.SHUT_WR)
    came = "nothing"
    if comes(lambda: is_readable(client), "the end of the stream at the client"):
        came = client.recv(1024)
    assert came == b"", "the client ended its side, and your server did not just close the connection"


@requirement(4, 5)
@hints(
    "One thread sleeps in one call. For whom does this one wait while a client is silent?",
    "When the first client has left, the loop comes back to accept(), and there the second is.",
)
@hints(
    "How long may a client be silent before it has left?",
    "As long as it likes: only the end of the stream, or an error of the connection, means that it has left.",
    "A timeout that you set passes with a TimeoutError whose errno is None: the client is there. Set none.",
    when="for a long time",
)
@on_stub("BrokenPipeError EPIPE")
def test_the_second_client_waits_until_the_first_has_left(
    long_silence, serve, listener, connect, greeting, comes, tape
):
    serving = serve()
    first = connect(listener)
    greeting(first)
    second = connect(listener)
    comes(lambda: is_readable(listener) or tape.count("accept") > 1, "the second connection")
    serving.asleep()
    # The kernel has completed the second connection, and nobody has accepted it.
    again = comes(lambda: tape.count("accept") > 1, "a second accept()")
    assert not again, "your server called accept() again while the first client was there"
    assert unread(second) == 0, "your server greeted the second client while the first was there"
    long_silence()
    assert not over(first), "a client was silent for a long time, and your server closed its connection"
    assert unread(second) == 0, "a client was silent for a long time, and your server greeted the next one"
    first.close()
    assert greeting(second) == welcome(second), "the first client left, and your server did not greet the second"


@requirement(2, 6)
@hints(
    "A client that is killed may send RST instead of FIN. How does recv() tell you?",
    "recv() raises ConnectionResetError: treat it as the end of this client.",
    "Whatever OSError a call on this connection raises ends this client.",
)
@hints(
    "TCP has given up a client that does not answer. Which exception is that, and does your except clause catch it?",
    "ETIMEDOUT is a TimeoutError and not a ConnectionError. Both are OSErrors.",
    when="ETIMEDOUT",
)
@hints(
    "Which errors can recv() raise for one connection? Where is the list that is complete?",
    "Nowhere: a router may say EHOSTUNREACH. Catch OSError round the calls on this connection.",
    when="EHOSTUNREACH",
)
@hints(
    "The connection is broken, and half a character was not left. What does your decoder return at last?",
    "An empty text, which nobody has said: if text: show(text).",
    when='show("")',
)
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH"])
@on_stub("data = conn.recv(1024)")
def test_a_client_whose_connection_breaks_does_not_end_it(serve, listener, connect, greeting, error):
    shown = []
    serving = serve(shown.append)
    client = connect(listener)
    greeting(client)
    client.sendall(b"I am abou")
    serving.asleep()
    # It waits for the rest of the word, and the connection breaks.
    break_off(client, error)
    client = connect(listener)
    assert greeting(client) == welcome(client), f"recv() failed with {error}, and your server did not take the next"
    assert "" not in shown, EMPTY


@requirement(3, 6)
@hints(
    "A client can send any bytes. What does your decoder do with those that are not UTF-8?",
    'errors="replace" puts U+FFFD in their place. Half a character that nothing follows is one of them.',
    'One decoder for each client, and decode(b"", final=True) at its end.',
)
@pytest.mark.parametrize(
    ("leave", "wanted"),
    [(socket.socket.close, "\ufffd ok \ufffd\ufffd\n"), (reset, "\ufffd\n")],
    ids=["after an end", "after a reset"],
)
@on_stub("UnicodeDecodeError")
def test_invalid_utf8_is_replaced(serve, listener, connect, greeting, text, leave, wanted):
    shown = []
    serve(shown.append)
    first = connect(listener)
    greeting(first)
    first.sendall(b"\xff ok \xc3")
    text(shown, "\ufffd ok ")
    leave(first)
    # 'é' is C3 A9: the first client left after C3, and the second comes with A9.
    second = connect(listener)
    greeting(second)
    second.sendall(b"\xa9\n")
    # One for FF, one for the half at the end, one for the half at the beginning. Before a reset only the last must be.
    got = text(shown, "\ufffd ok \ufffd\ufffd\n")[-len(wanted) :]
    assert "é" not in got, "your server put half a character of one client together with half of the next one's"
    assert got == wanted, "your server did not show each piece that is not a character as U+FFFD"


@requirement(7)
@hints(
    "Whose error is it, when accept() itself raises?",
    "Catch what the conversation with one client raises, and at accept() nothing but ECONNABORTED.",
)
@pytest.mark.parametrize("error", ["EMFILE", "ETIMEDOUT"])
@on_stub(GREEN)
def test_an_error_of_the_listener_propagates(kata, listener, connect, error):
    connect(listener)
    raises = raises_errno(error, words=f"accept() failed with {error}, and the caller never finds out")
    with raises, accept_fails(listener, error):
        kata.serve(listener)
    listener.close()
    with raises_errno("EBADF", "ValueError", words="the listener is closed, and the caller never finds out"):
        kata.serve(listener)


@requirement(7)
@hints(
    "show() is not a call on the connection. May its error be taken for the client's?",
    "Keep show() out of the try that catches resets; let a with statement close the connection.",
)
@pytest.mark.parametrize(
    "error", [BrokenPipeError(errno.EPIPE, "Broken pipe"), KeyError("no"), KeyboardInterrupt()], ids=repr
)
@on_stub("show() failed, and your server left the connection open")
def test_an_error_of_show_propagates_and_the_connection_is_closed(kata, listener, connect, background, tape, error):
    def show(text):
        raise error  # the first as print() does when nobody reads its output any more

    connect(listener).sendall(b"hello\n")
    before = descriptors()
    serving = background(kata.serve, listener, show, may_raise=True)
    wait_until(lambda: serving.done or tape.count("accept") > 1, "show() to fail, and serve() to end with its error")
    assert serving.done, "show() failed, and your server took its error for one of the client"
    with raises_errno(type(error).__name__, words="show() failed, and the caller never finds out"):
        serving.result()
    assert descriptors() == before, "show() failed, and your server left the connection open"


@requirement(6)
@hints(
    "accept() can return connections that are broken already. Which call notices it first?",
    "The greeting itself may fail. That is the end of this client, and not of your server.",
    "A client may be gone before accept() returns: ECONNABORTED. Catch that one there, and call accept() again.",
)
@on_stub("EPIPE")
def test_a_client_that_is_gone_before_its_greeting_does_not_end_it(serve, listener, connect, greeting, hear):
    gone = [connect(listener) for _ in range(4)]
    wait_queued(listener, 4)
    gone[0].close()
    gone[1].shutdown(socket.SHUT_WR)
    for client in gone[1:3]:
        reset_in_queue(client)
    break_off(gone[3], "ETIMEDOUT")
    # In the queue: a client that has ended, one that has ended and reset (EPIPE), one reset, one timed out.
    serve()
    client = connect(listener)
    assert greeting(client) == welcome(client), "four clients were gone, and your server did not greet the next"
    client.close()
    with client_gone_before_accept(listener):
        client = connect(listener)
        heard = hear(client, len(welcome(client)))
        assert heard == welcome(client), "accept() failed with ECONNABORTED, and your server did not go on"


@requirement(8, 9)
@hints(
    "The server greets once. For how many greetings does your client wait?",
    "Read one line, send all messages one after the other, then end the stream.",
    "shutdown(SHUT_WR) or close() ends it. A with statement closes after an error too.",
)
@hints(
    "What does one recv() return when the server has said more than its greeting?",
    "All of it: the newline need not come last. Look for it anywhere, and take what stands before it.",
    'received.partition(b"\\n")[0]: splitlines() and text files cut at "\\r" too, and strip() takes blanks.',
    when="the newline",
)
@hints(
    "The server has said more than its greeting. What does close() make of input that nobody has read (1.13)?",
    "A reset. End your own direction first, then read what has come, and close at last.",
    "shutdown(SHUT_WR), then recv() until b'': the server ends when it has heard everything.",
    when="was a reset",
)
@hints(
    "Does your client send the whole of each message, and each of them?",
    "send() may take a part of it; sendall() goes on with the rest.",
    'An empty message sends nothing and is not the last one: "for message in messages" knows the end.',
    when="all messages",
)
@pytest.mark.parametrize("behind", [b"", b"how are you?", b"I am\n" + 2 * LONG], ids=["no more", "more", "much more"])
@on_stub("socket 1.recv(1024)")
def test_the_client_says_everything_and_ends(kata, listener, background, keep, comes, behind):
    server = []

    def messages():
        yield "one "
        for conn in server:  # it goes on, before the end
            conn.sendall(behind)
            wait_delivered(conn)
        yield from ("två ", "", numbered(LONGER).decode())

    talking = background(kata.talk, listener.getsockname(), messages())
    server.append(conn := accepted(listener, keep))
    conn.sendall(ODD.encode() + b"\n" + behind)
    assert comes(lambda: is_readable(conn), "a message"), "the newline had come, and your client waited for more"
    comes(lambda: talking.done, "talk() to return", calls=200)  # or to wait for the server, which begins to read now
    heard, end = everything(conn)
    assert end == "the end", "the end of your client's stream was a reset, which destroys what is on its way"
    assert heard == "one två ".encode() + numbered(LONGER), "your client did not send all messages, and nothing else"
    conn.close()
    assert talking.result() == ODD, "your client did not return the line before the newline"


@requirement(9)
@hints(
    "A signal arrives while send() sleeps, and its handler returns. What does send() return then?",
    "How much it has taken so far, which is not all. sendall() goes on with the rest.",
)
@on_stub("socket 1 was never closed")
def test_a_signal_does_not_cut_a_message_short(kata, listener, background, keep):
    def greet():
        conn = accepted(listener, keep)
        conn.sendall(b"welcome\n")
        return conn

    def hear_all():
        with greeting.result() as conn:
            return read_to_end(conn)

    greeting, peers = background(greet), []
    with contextlib.ExitStack() as stack:

        def messages():  # asked for when the greeting has come: what sleeps from now on sends
            peers.append(stack.enter_context(interrupted(lambda: None, then=hear_all)))
            yield numbered(4 * MUCH).decode()

        kata.talk(listener.getsockname(), messages())
    words = "a signal came while your client was sending, and the rest of the message is missing"
    assert peers[0].result() == numbered(4 * MUCH), words


@requirement(8)
@hints(
    "How much of a line does one recv() return?",
    "Go on reading until the newline is there, however many bytes come first; decode when the line is whole.",
)
@on_stub("it returned 'v'")
def test_the_client_waits_for_the_whole_greeting(kata, listener, background, keep):
    talking = background(kata.talk, listener.getsockname(), ["hello"])
    conn = accepted(listener, keep)
    for piece in (b"v", b"\xc3", b"\xa4lkommen", LONG):
        conn.sendall(piece)
        wait_delivered(conn)
        goes_on_reading(talking)
    # The newline has not come: the line is not whole.
    assert unread(conn) == 0, "your client spoke before it had heard the whole greeting"
    conn.sendall(b"\n")
    read_to_end(conn)
    conn.close()
    whole = "välkommen" + LONG.decode()
    assert talking.result() == whole, "your client did not put the greeting together from its pieces"


@requirement(10)
@hints(
    "address is a tuple of two. What does % do with a tuple on its right?",
    "You need not say it better than the kernel: let connect()'s own exception propagate.",
    "Close the socket after this error too: socket.create_connection() does, and so does a with statement.",
)
@on_stub("TypeError: not all arguments converted")
def test_a_refused_connection_propagates(kata, keep):
    # An address that is taken, so that nobody else can have it, and nobody listens there.
    taken = keep(socket.socket())
    taken.bind(("127.0.0.1", 0))
    with raises_errno("ConnectionRefusedError", words="nobody listens there, and the caller of talk() never finds out"):
        kata.talk(taken.getsockname(), ["hello"])


@requirement(10)
@hints(
    "What does recv() return, time and again, when the server is gone?",
    'b"" before the newline: the greeting will never be whole. Raise EOFError.',
)
@pytest.mark.parametrize("said", [b"", b"welc"], ids=["no greeting", "half a greeting"])
@on_stub("the server ended before its greeting was whole, and")
def test_half_a_greeting_is_an_error(kata, listener, background, keep, said):
    talking = background(kata.talk, listener.getsockname(), ["hello"], may_raise=True)
    conn = accepted(listener, keep)
    conn.sendall(said)
    conn.close()
    cut = "the server ended before its greeting was whole, and"
    words, other = f"{cut} your client took it for a greeting", f"{cut} your client raised another error"
    with raises_errno("EOFError", words=words, other=other):
        talking.result()


@requirement(10)
@hints(
    "Which errors can come up while your client talks? Does it close its socket after each of them?",
    "messages may raise what it likes, and Ctrl-C may come at any moment: no list of errors is complete.",
    "A with statement, or try with finally, closes on every way out.",
)
@pytest.mark.parametrize("error", [KeyError, KeyboardInterrupt])
@on_stub("socket 1 is still open")
def test_an_error_of_messages_propagates_and_the_socket_is_closed(kata, listener, background, keep, error):
    def messages():
        yield "hello"
        raise error("messages has no more to say")

    talking = background(kata.talk, listener.getsockname(), messages(), may_raise=True)
    conn = accepted(listener, keep)
    conn.sendall(b"welcome\n")
    with raises_errno(error.__name__, words="messages raised an error, and the caller of talk() never finds out"):
        talking.result()
