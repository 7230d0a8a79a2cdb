"""3.12: the keyboard is one more descriptor, and the server waits for everybody at once; and its client."""

import contextlib
import errno
import os
import socket
import threading

import pytest

from dojo.suite import (
    GONE,
    ROOM,
    WAITS,
    Finding,
    accept_fails,
    accepted,
    break_off,
    client_gone_before_accept,
    comes,
    descriptors,
    hints,
    is_nonblocking,
    on_stub,
    over,
    raises_errno,
    read_to_end,
    reset,
    reset_in_queue,
    sleeps,
    unread,
    wait_delivered,
    wait_fin,
    wait_queued,
    wait_until,
)

NOBODY = "nobody is waiting for an answer"
LONG = b"0123456789abcde," * 4096 + b"\n"  # 64 KiB; a few of them are more than fits, where ROOM is the send buffer


class Shown(list):
    """The lines that were shown. At a line that ends with "hold" show() stands still until it is `let_go`."""

    def __init__(self):
        super().__init__()
        self.held, self.let_go = threading.Event(), threading.Event()

    def append(self, line):
        super().append(line)
        if line.endswith("hold"):
            self.held.set()
            self.let_go.wait()


class Server:
    """serve() in the background, what it has shown, and the person at its keyboard."""

    def __init__(self, tape, running, shown, keyboard):
        self.tape, self.running, self.shown, self.keyboard = tape, running, shown, keyboard

    def type(self, data):
        """The operator types."""
        self.keyboard.sendall(data)

    def wait(self, condition, what):
        """Wait for it; False when the server does nothing but wait, and it has not come."""
        words = "one call blocked on one client, and the others were not served meanwhile"
        return comes(condition, what, calls=8_000, idle=2_000, stuck=words, serving=[self.running])

    def turns(self):
        """How often it waits while nothing happens, until it sleeps on, or has waited forty times."""
        before, asleep = self.tape.count(*WAITS), 0

        def look():
            nonlocal asleep
            asleep = asleep + 1 if sleeps(self.running.native_id) else 0
            return asleep > 40 or self.tape.count(*WAITS) >= before + 40

        wait_until(look, "the server to fall asleep")
        return self.tape.count(*WAITS) - before

    def shows(self, number):
        """The lines that are shown, as soon as there are so many, or no more come."""
        self.wait(lambda: len(self.shown) >= number, f"line {number} to be shown")
        return self.shown[:]

    def hear(self, client, *lines):
        """Let the client say these lines, one after the other, and each of them be shown."""
        for line in lines:
            before = len(self.shown)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else a line may wait for the last one's ACK
            client.sendall(line + b"\n")
            said = self.shows(before + 1)[before:]
            assert said == [named(client, line.decode())], (
                "the lines shown were not each line once, with the address of the client that said it"
            )

    def answer(self, client, size):
        """What has come to the client, as soon as it is so much, or no more comes."""
        received = b""
        while (
            len(received) < size and self.wait(lambda: unread(client) or over(client), "an answer") and unread(client)
        ):
            received += client.recv(1 << 20)
        return received


@pytest.fixture
def serve(serve, tape):
    """`serve()` starts the server on a listener of its own, which stays open when the suite closes the other."""

    def start():
        shown, (operator, keyboard) = Shown(), socket.socketpair()
        tape.label(operator, "operator")
        start.kept += [operator, keyboard]
        return Server(tape, serve(operator, shown.append), shown, keyboard)

    start.kept = []
    return start


def named(client, line):
    """How a line of this client is to be shown."""
    host, port = client.getsockname()
    return f"{host} port {port}: {line}"


@hints(
    "Three clients have connected. Whose address is in your one variable?",
    "Keep each connection's address with it, from accept() on.",
)
@on_stub("the lines shown were not each line once, with the address of the client that said it")
def test_each_line_is_shown_with_its_own_clients_address(serve, listener, connect):
    server = serve()
    # Nobody has come yet: it sleeps in the kernel.
    server.running.asleep()
    clients = [connect(listener) for _ in range(3)]
    for client in (*clients, *reversed(clients)):
        server.hear(client, b"hello", b"", "två".encode())
        server.type(b"1\n2\n3\n")
        # Nothing comes but what the operator has typed: nobody is greeted.
        assert server.answer(client, 6) == b"1\n2\n3\n", "the client did not get what the operator typed, and only that"


@hints(
    "recv() cuts where it likes: inside of a line, and inside of a character.",
    "Keep what has come of a line with its client, until the newline is there; then decode it.",
    "One piece may have the end of a line and two more. A line ends with a newline: splitlines() knows other ends.",
)
@on_stub("UnicodeDecodeError")
def test_lines_and_characters_are_put_together(serve, listener, connect):
    server = serve()
    client, other = connect(listener), connect(listener)
    # '€' is three bytes. Another client has its say between them.
    for number, piece in enumerate((b"5 \xe2", b"\x82", b"\xac a\x0cb")):
        client.sendall(piece)
        server.hear(other, b"%d" % number)
    client.sendall(b"\nnext\nand")
    wanted = [named(client, "5 € a\x0cb"), named(client, "next")]
    assert server.shows(5)[3:] == wanted, "a line was not shown with all of its characters when its newline had come"


@hints(
    "Any bytes may come. What does your decoder do with those that are no UTF-8?",
    'errors="replace" puts U+FFFD in their place.',
    "At the end of the stream: if something is left of a line, show it.",
)
@on_stub("UnicodeDecodeError")
def test_bytes_that_are_no_text_and_half_a_line_at_the_end(serve, listener, connect):
    server = serve()
    client, other = connect(listener), connect(listener)
    client.sendall(b"\xff ok \xc3\nbye \xc3")
    client.shutdown(socket.SHUT_WR)
    # 'é' is C3 A9: one client ended after C3, and another one begins with A9.
    wanted = [named(client, "\ufffd ok \ufffd"), named(client, "bye \ufffd")]
    assert server.shows(2) == wanted, (
        "invalid UTF-8 was not shown as U+FFFD, or half a line before an end was not shown as a line"
    )
    other.sendall(b"\xa9\n")
    assert server.shows(3)[2:] == [named(other, "\ufffd")], "half a character of one client became another's"
    other.shutdown(socket.SHUT_WR)
    server.wait(lambda: over(other), "the connection to be closed when the client has ended")
    assert server.shown[3:] == [], "the client ended after a whole line, and the server showed a line that nobody said"


@hints(
    "Three lines are shown. Which one does the operator answer first?",
    "A queue of the clients whose lines have no answer yet: one entry for each line.",
)
@on_stub("one call blocked on one client, and the others were not served meanwhile")
def test_first_shown_is_first_answered(serve, listener, connect):
    server = serve()
    second, first = connect(listener), connect(listener)
    for client in (first, second, second, first, second):
        server.hear(client, b"?")
    # One line and a half, and later the rest and another two.
    server.type(b"one\ntw")
    assert server.answer(first, 4) == b"one\n", (
        "the first line that was typed did not go to the client whose line was shown first"
    )
    server.type(b"o\n\nfour\n")
    assert server.answer(second, 5) == b"two\n\n", (
        "the clients did not get one line for one line, in the order in which theirs were shown"
    )
    assert server.answer(first, 5) == b"four\n", (
        "the clients did not get one line for one line, in the order in which theirs were shown"
    )


@hints(
    "The queue is empty, and the operator types. What then?",
    f'show("{NOBODY}"), for each line.',
)
@on_stub("typed for nobody")
def test_a_line_for_nobody_is_not_kept(serve, listener, connect):
    server = serve()
    client = connect(listener)
    server.type(b"hello?\nanybody?\n")
    assert server.shows(2) == [NOBODY, NOBODY], (
        "a line was typed for nobody, and the operator was not told so each time"
    )
    server.hear(client, b"here I am")
    server.type(b"good\n")
    assert server.answer(client, 5) == b"good\n", "what was typed for nobody answered a later line"


@hints(
    "Which of your calls waits for the person?",
    "Watch the operator's descriptor in the same select(), and read from it when it is readable.",
    "Even then there may be half a line: readline() and input() would wait for the rest. Read what is there.",
)
@on_stub("one call blocked on one client, and the others were not served meanwhile")
def test_nobody_waits_for_the_operator(serve, listener, connect):
    server = serve()
    first = connect(listener)
    server.hear(first, b"are you there?")
    # The operator thinks.
    second = connect(listener)
    server.hear(second, b"and I?")
    server.type(b"I am wri")
    # The operator thinks again, in the middle of a word.
    server.hear(second, b"and I??")
    server.type(b"ting\n")
    assert server.answer(first, 13) == b"I am writing\n", "half a line did not wait for its other half, and then go out"
    assert server.turns() < 40, "the server went round and round instead of sleeping until something happened"


@hints(
    "A file object has a buffer of its own. What does select() know of a line that is in there?",
    "Nothing. Ask the descriptor, operator.fileno(), and read from that: os.read().",
    "Send an answer when it has been typed: in the next turn the input may be at its end.",
)
@on_stub("one call blocked on one client, and the others were not served meanwhile")
@pytest.mark.parametrize("kind", ["file", "number"])
def test_the_operator_may_be_a_file_a_number_or_a_socket(kata, connect, background, tape, keep, kind):
    def show(text):
        shown.append(text)
        assert "three" not in text or gone.wait()

    end, keys = os.pipe()
    operator = keep(os.fdopen(end) if kind == "file" else end)
    shown, gone, own = [], threading.Event(), keep(socket.create_server(("127.0.0.1", 0)))
    server = Server(tape, background(kata.serve, own, operator, show), shown, None)
    client = connect(own)
    server.hear(client, b"one", b"two")
    os.write(keys, b"1\n2\n")
    answers = server.answer(client, 4)
    assert answers == b"1\n2\n", "two lines were typed in one go, and did not go out at once, one to each client"
    # While the third line is shown the operator types the answer, and goes.
    server.hear(client, b"three")
    os.write(keys, b"3\n"), os.close(keys), gone.set()
    assert read_to_end(client) == b"3\n", "the operator's input ended behind a line, and your server lost that line"


@hints(
    "b'' from recv() is not a line. What does select() say of this socket from then on?",
    "Close it, watch it no longer, and take its lines out of the queue of those who want an answer.",
)
@on_stub("one call blocked on one client, and the others were not served meanwhile")
def test_a_client_that_leaves_needs_no_answer(serve, listener, connect):
    server = serve()
    staying, leaving = connect(listener), connect(listener)
    for client in (leaving, staying, leaving):
        server.hear(client, b"?")
    leaving.sendall(b"I must go")
    leaving.shutdown(socket.SHUT_WR)
    server.wait(lambda: over(leaving), "the connection to be closed when the client has ended")
    assert over(leaving), "the client ended, and its connection was never closed"
    # Three of the four lines were of the one that has left.
    server.type(b"yes\nno\n")
    assert server.answer(staying, 4) == b"yes\n", (
        "a client had left, and the next line did not go to the one that was still there"
    )
    assert server.shows(5)[3:] == [named(leaving, "I must go"), NOBODY], (
        "only one of the lines still wanted an answer, and the server sent others"
    )


@hints(
    "The operator has much to say, and the client does not read it. What does sendall() do when the buffers are full?",
    "Non-blocking connections: keep what send() did not take, and ask select() for room as long as there is some.",
)
@on_stub("the lines shown were not each line once, with the address of the client that said it")
def test_a_client_that_does_not_read_holds_up_nobody_and_loses_nothing(serve, listener, connect):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
    server = serve()
    greedy, client = connect(listener), connect(listener)
    for _ in range(16):
        server.hear(greedy, b"more")
        server.type(LONG)
        # Whatever became of that answer, the other one is served.
        server.hear(client, b"and me?")
        server.type(b"you too\n")
        assert server.answer(client, 8) == b"you too\n", "one client did not read, and another one got no answer"
    assert server.turns() < 40, "the server went round and round instead of sleeping until something happened"
    server.hear(greedy, b"I am reading now")
    assert server.answer(greedy, 16 * len(LONG)) == 16 * LONG, "what found no room did not follow when the client read"


@hints(
    "What can come in before the newline comes? Is any of it too much?",
    "Add each piece to what the client has said so far, and look for the newline.",
)
@on_stub("UnicodeDecodeError")
def test_a_megabyte_without_a_newline_is_one_line(serve, listener, connect, background):
    server = serve()
    client, other = connect(listener), connect(listener)
    line = "é€" * 200_000
    background(client.sendall, line.encode() + b"\n", may_raise=True)
    said = server.shows(1)
    assert said == [named(client, line)], "a line of a megabyte was not shown whole"
    server.hear(other, b"and me?")


def say_much_and_break_off(server, client, greedy, error):
    """While show() stands still, one client says more than a recv() takes, and is gone; its lines, as to be shown."""
    client.sendall(b"hold\n")
    wait_until(server.shown.held.is_set, "a line to be shown")
    lines = [f"{number:02}".ljust(1000, ".") for number in range(80)]
    greedy.sendall("".join(f"{line}\n" for line in lines).encode())
    wait_delivered(greedy)
    said = [named(greedy, line) for line in lines]
    break_off(greedy, error)
    server.shown.let_go.set()
    return said


@hints(
    "recv() and send() may raise. Whose end is that, and who else has to do with it?",
    "Catch OSError round the calls on one connection; close it, drop its lines, go on with the others.",
    "send() failed. What the client had said before is in the queue still: read on, recv() tells the end.",
)
@on_stub("the lines shown were not each line once, with the address of the client that said it")
@pytest.mark.parametrize("error", ["ECONNRESET", "ETIMEDOUT"])
def test_a_reset_in_the_middle_of_an_answer_ends_one_alone(serve, listener, connect, error):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * ROOM)
    server = serve()
    client, greedy = connect(listener), connect(listener)
    server.hear(client, b"hello")
    server.hear(greedy, *12 * [b"more"])
    server.hear(client, b"and me?")
    before = descriptors()
    server.type(b"hello\n" + 12 * LONG + b"you too\n")
    assert server.answer(client, 14) == b"hello\nyou too\n", "one client did not read, and another got no answer"
    said = say_much_and_break_off(server, client, greedy, error)
    server.wait(lambda: descriptors() == before - 2, "the connection that was reset to be closed")
    assert descriptors() == before - 2, "a connection was reset, and the server never closed it"
    came = [line for line in server.shown if line in said]
    assert len(came) == len(said), "lines had arrived before the reset, and your server did not show all of them"
    server.hear(client, b"still here")
    server.type(b"good\n")
    assert server.answer(client, 5) == b"good\n", "one client had reset, and another one did not get its answer"


@hints(
    "Many sockets are ready in one turn, and all are at their end. Some are gone before they were accepted.",
    "Do not take anything out of the list through which you go: it makes you skip the next one.",
    "accept() itself tells the address. It raises ConnectionAbortedError for a client that was gone before: go on.",
)
@on_stub("ECONNRESET")
def test_thirty_clients_that_vanish_at_once(serve, listener, connect):
    gone = connect(listener)
    wait_queued(listener, 1)
    reset_in_queue(gone)
    server = serve()
    client = connect(listener)
    server.hear(client, b"hello")
    before = descriptors()
    crowd = [connect(listener) for _ in range(15)]
    for one in crowd[:]:
        server.hear(one, b"?")
        crowd.append(connect(listener))
    for number, one in enumerate(crowd):
        reset(one) if number % 2 else one.close()
    server.type(b"welcome\n")
    assert server.answer(client, 8) == b"welcome\n", "thirty clients vanished at once, and another one got no answer"
    server.wait(lambda: descriptors() <= before, "thirty connections to be closed")
    assert descriptors() <= before, "thirty clients vanished, and some of their connections were never closed"
    with client_gone_before_accept(listener):
        server.hear(connect(listener), b"I am here")


@hints(
    "What does os.read() return when the operator has gone? How long is that so?",
    "b'' is the end of the input: leave the loop, close every connection, put the listener's timeout back.",
    "The operator's descriptor is the caller's: do not close it, and do not set O_NONBLOCK on it.",
)
@on_stub("the operator's input ended, and serve() went on")
def test_the_end_of_the_operators_input_ends_it(kata, listener, connect, background, unix_pair, tape):
    operator, keyboard = unix_pair
    listener.settimeout(30)
    before, shown = descriptors(), []
    server = Server(tape, background(kata.serve, listener, operator, shown.append), shown, keyboard)
    clients = [connect(listener) for _ in range(2)]
    server.hear(clients[1], b"hello")
    keyboard.shutdown(socket.SHUT_WR)
    ended = server.wait(lambda: server.running.done, "serve() to return: the operator's input has ended")
    assert ended, "the operator's input ended, and serve() went on"
    server.running.result()
    for client in clients:
        wait_fin(client)
    assert descriptors() == before + 2, "the operator's input ended, and a connection was left open"
    assert listener.gettimeout() == 30, "serve() ended, and did not put the listener's timeout back"
    assert operator.fileno() != -1, "serve() closed the operator's socket, which is the caller's"
    assert not is_nonblocking(operator), "serve() left the operator's socket in another mode"


@hints(
    "Is it a client's error when accept() fails, or show()? What closes the connections then?",
    "try ... finally round the whole loop: close each, and put the listener's timeout back.",
    "Keep show() out of the try that catches what a client's connection raises.",
)
@on_stub("the lines shown were not each line once, with the address of the client that said it")
@pytest.mark.parametrize(("what", "name"), [("accept()", "EMFILE"), ("show()", "EPIPE")])
def test_an_error_that_is_no_clients_propagates(kata, listener, connect, background, unix_pair, tape, keep, what, name):
    def show(text):
        shown.append(text)
        if "fail" in text:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    shown, late, before = [], keep(socket.socket()), descriptors()
    server = Server(tape, background(kata.serve, listener, unix_pair[0], show, may_raise=True), shown, unix_pair[1])
    client, other = connect(listener), connect(listener)
    server.hear(client, b"hello"), server.hear(other, b"hello")
    # One of them resets, and in the same moment accept() fails.
    with accept_fails(listener, leaving=client) if what == "accept()" else contextlib.nullcontext():
        late.connect(listener.getsockname())
        late.sendall(b"fail\n")
        server.wait(lambda: server.running.done or shown[3:], f"serve() to end with {what}")
    assert server.running.done, f"an error of {what} was swallowed: the caller never finds out"
    with raises_errno(name, words=f"an error of {what} was swallowed: the caller never finds out", other=GONE):
        server.running.result()
    left = 1 if what == "accept()" else 2
    assert descriptors() == before + left, f"a connection was left open when {what} failed"


def question(conn, asking):
    """What the client asks: up to a newline, or to where it does nothing but wait for an answer."""
    said = b""
    while not said.endswith(b"\n") and comes(lambda: unread(conn) or asking.done, "a line from the client"):
        if not unread(conn):
            break
        said += conn.recv(ROOM)
    if not said and not asking.done:
        raise Finding("your ask() waited for an answer, and had asked nothing", "its next line", "nothing comes")
    return said


def answers(listener, keep, asking, script):
    """A server that hears these questions and gives these answers, piece by piece; what else the client says."""
    conn = accepted(listener, keep)
    for asked, pieces in script:
        assert question(conn, asking) == asked, (
            "your ask() did not send each line with its newline, and nothing for an empty one"
        )
        for piece in pieces:
            conn.sendall(piece)
            if not piece.endswith(b"\n"):
                wait_delivered(conn)
                asking.asleep()
                assert unread(conn) == 0, "your ask() asked on before the whole answer had come"
    return read_to_end(conn)


@hints(
    "What does send() do with no bytes? And who knows that a line is over?",
    "Send each line with its newline, and nothing for an empty one: there is nothing to wait for.",
    "One recv() brings a part of the answer: go on until the newline is there, then decode the whole.",
)
@on_stub("your ask() did not send each line with its newline, and nothing for an empty one")
def test_the_client_waits_for_each_whole_answer(kata, listener, background, keep):
    asking = background(kata.ask, listener.getsockname(), iter(["one", "", "två", "3", "", "four"]))
    # The first answer comes in three pieces, the second cuts '€' in three, and the third is long.
    script = [
        (b"one\n", (b"y", b"es", b"\n")),
        ("två\n".encode(), (b"5 \xe2", b"\x82", b"\xac\n")),
        (b"3\n", (b"long " * 1000, b"long " * 1000 + b"\n")),
        (b"four\n", (b"\xff\n",)),
    ]
    rest = background(answers, listener, keep, asking, script).result()
    assert rest == b"", "all was answered, and your ask() did not just end its stream"
    said = asking.result()
    wanted = ["yes", "", "5 €", "long " * 2000, "", "\ufffd"]
    assert said == wanted, "your ask() did not return one whole answer for each line, without its newline"


@hints(
    "What does recv() return when the server is gone?",
    'b"" before the newline: the answer will never be whole. Raise EOFError.',
    "A with statement closes the connection on this way out, too.",
)
@on_stub("the answer was cut off, and your ask() took it for a whole one")
def test_the_client_does_not_take_half_an_answer(kata, listener, background, keep):
    before = descriptors()
    asking = background(kata.ask, listener.getsockname(), ["hello"], may_raise=True)
    conn = accepted(listener, keep)
    question(conn, asking)
    # The operator leaves in the middle of a word.
    conn.sendall(b"welc")
    conn.close()
    with raises_errno("EOFError", words="the answer was cut off, and your ask() took it for a whole one"):
        asking.result()
    assert descriptors() == before, "the answer was cut off, and your ask() left its connection open"
    # An address that is taken, so that nobody else can have it, and nobody listens there.
    taken = keep(socket.socket())
    taken.bind(("127.0.0.1", 0))
    with raises_errno("ConnectionRefusedError", words="nobody listened there, and your ask() hid the error"):
        kata.ask(taken.getsockname(), ["hello"])
