"""7.3: commands are taken whole from a stream of bytes, within bounds, and answered; no client is waited for."""

import contextlib
import socket
import threading
from functools import partial

import pytest

from dojo.suite import (
    ONE_WAITS,
    ROOM,
    Finding,
    Rest,
    before_each_read,
    client_gone_before_accept,
    counted,
    descriptors,
    hints,
    linux_only,
    on_stub,
    over,
    raises_errno,
    reset,
    reset_in_queue,
    rival,
    small_buffers,
    spelled,
    unread,
    wait_queued,
    wait_until,
)

MEGA = 1024 * 1024
BIG = bytes(range(250)) * 400  # 100,000 bytes, CR and LF among them
GREED = b"*2\r\n$3\r\nGET\r\n$3\r\nbig\r\n*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n"


def array(*words):
    """A command as redis-cli sends it."""
    return b"*%d\r\n" % len(words) + b"".join(map(bulk, words))


def bulk(value):
    """A byte string with its length in front."""
    return b"$%d\r\n%b\r\n" % (len(value), value)


def whole(data):
    """The size of the first whole answer in the data; 0 if there is none."""
    end = data.find(b"\r\n") + 2
    if data[:1] == b"$" and data[1 : max(end - 2, 1)].isdigit():
        end += int(data[1 : end - 2]) + 2
    return end if 2 <= end <= len(data) else 0


class Talker:
    """A client of the suite: its socket, and what has come to it so far."""

    def __init__(self, sock, wait, server):
        self.sock, self._wait, self._server, self._come = sock, wait, server, bytearray()

    def say(self, *pieces):
        """Send all of it."""
        try:
            self.sock.sendall(b"".join(pieces))
        except ConnectionError as error:
            self._server.settle()
            raise Finding(
                "a client had done nothing wrong, and the server cut it off", "it should go on", f"{error!r}"
            ) from error

    def come(self):
        """What has come and was not heard yet."""
        if size := unread(self.sock):
            self._come += self.sock.recv(size, socket.MSG_DONTWAIT)
        return self._come

    def over(self):
        """Whether everything has come, and the server has ended the connection, or it is broken."""
        return over(self.sock)

    def hear(self, size):
        """So many bytes, or what there is if no more comes."""
        self._wait(lambda: len(self.come()) >= size or self.over(), f"{counted(size, 'byte')} of answers")
        if len(self._come) < size:
            self._server.settle()
        heard = bytes(self.come()[:size])
        del self._come[:size]
        return heard

    def ask(self, *words):
        """The answer to one command."""
        self.say(array(*words))
        self._wait(lambda: whole(self.come()) or self.over(), f"the answer to {words[0]!r}")
        return self.hear(whole(self.come()) or max(1, len(self.come())))

    def to_end(self, words):
        """What comes up to the end of the stream; raises Finding, with these words, if it does not end."""
        try:
            if not self._wait(lambda: self.come() is None or self.over(), "the end of the stream"):
                raise Finding(words, "the end of the stream", f"no end, and {bytes(self._come[-60:])!r}")
            self.sock.recv(1)
        except ConnectionResetError:
            words = "the connection was reset: a close with unread input can destroy the last answer"
            raise Finding(words, "the end of the stream", "ECONNRESET") from None
        return bytes(self._come)


@pytest.fixture
def wait(comes, listener):
    """`wait(condition, what)` waits for it, and says whether it came; it has not if the server rests, or turns on."""
    # Connections inherit it: no answer is kept back until the one before is acknowledged (Nagle).
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return partial(comes, turns=2000, stuck=ONE_WAITS)


@pytest.fixture
def sleeps_again(wait):
    """`sleeps_again()`: whether the server falls asleep."""
    return lambda: wait(Rest(), "the server to fall asleep")


class Server:
    """The server under test, once it is started."""

    def __init__(self, wait):
        self.running, self._wait = None, wait

    def settle(self):
        """Something has gone wrong: if the server has ended, raise why."""
        if self.running is not None and self._wait(lambda: self.running.done, "the server to fall asleep, or to end"):
            self.running.check()


@pytest.fixture
def server(wait):
    """The server, and the thread in which it runs."""
    return Server(wait)


@pytest.fixture
def talker(listener, connect, wait, server):
    """`talker()` is a new client."""
    return lambda: Talker(connect(listener), wait, server)


@pytest.fixture
def serve(kata, listener, background, tape, server, talker):
    """`serve()` starts a server with a first client that has been answered, and gives this client."""

    def start():
        own, (stop, other) = listener.dup(), socket.socketpair()
        tape.label(own, "listener")
        tape.label(stop, "stop")
        server.running = background(kata.serve, own, stop)
        server.kept = own, stop, other  # it may still use them when the test is over
        client = talker()
        assert client.ask(b"PING") == b"+PONG\r\n", "the answer to PING was wrong"
        return client

    return start


def feed(client, other):
    """How much the client can send that takes no answers, while another one has twenty between two pieces."""
    sent = refused = 0
    while sent < 4 * MEGA and refused < 20:
        try:
            sent += client.sock.send(bytes(ROOM), socket.MSG_DONTWAIT)
            refused = 0
        except BlockingIOError:
            refused += 1
            assert other.ask(b"PING") == b"+PONG\r\n", "one client did not read, and another one got no answer"
    return sent


def parse(kata, buffer, words):
    """What parse_command() makes of something that it must not refuse."""
    try:
        return kata.parse_command(buffer)
    except kata.ProtocolError as error:
        raise Finding(words, "a command, or None", f"{error!r}, though this is one, or its beginning") from error


def take_all(kata, buffer, words):
    """Every whole command in the buffer."""
    taken = []
    while (command := parse(kata, buffer, words)) is not None:
        taken.append(command)
        if len(taken) > 100:
            got = f"it returns {command} again and again"
            raise Finding(
                "your parse_command() returned a command, and left it in the buffer", "it should be taken off", got
            )
    return taken


@hints(
    "Which bytes may be in a value? Which bytes can then not tell where it ends?",
    "The line before it says how long it is: count.",
    "After the line $LENGTH take LENGTH bytes, whatever they are, and then the CRLF.",
)
@on_stub("your code did not end a value where its length says: there may be a CRLF in it, or nothing")
def test_a_length_says_where_a_value_ends(kata):
    command = [b"SET", b"a\r\nb", b"\x00\xff$1\r\n*2\r\n", b""]
    words = "your code did not end a value where its length says: there may be a CRLF in it, or nothing"
    got = parse(kata, bytearray(array(*command)), words)
    assert got == command, words
    assert [type(word) for word in got] == [bytes] * 4, "your elements were not bytes"


@hints(
    "Two commands came in one read. Where is the second one, when you have returned the first?",
    "Remove from the buffer what the command was made of, and nothing more: del buffer[:end].",
)
@on_stub("your code did not take just the command off the front")
def test_what_is_behind_a_command_stays(kata):
    behind = array(b"GET", b"b") + b"*2\r\n$4\r\nEC"
    for first in (array(b"GET", b"a"), b"GET a\r\n"):
        buffer = bytearray(first + behind)
        assert parse(kata, buffer, "a whole command") == [b"GET", b"a"], (
            "a whole command was there and another one began, and your code did not return the first"
        )
        assert bytes(buffer) == behind, "your code did not take just the command off the front"


@hints(
    "A command came in two reads. What is left of the first half when the second one comes?",
    "As long as the command is not whole the buffer stays as it is: remove nothing until you have found the end.",
)
@on_stub("your code did not leave a part of a command in the buffer until the rest came")
def test_commands_cut_at_every_position_come_whole(kata):
    commands = [[b"SET", b"k", b"a\r\nb"], [b"PING"], [b"ECHO", b""], [b"GET", b"k"]]
    stream = array(*commands[0]) + b"PING\r\n" + array(*commands[2]) + array(*commands[3])
    for cut in range(len(stream) + 1):
        # Two clients at the same time: the second is a command ahead.
        one, two = bytearray(stream[:cut]), bytearray(array(b"X") + stream[:cut])
        words = f"cut at {cut}: your code did not leave a part of a command in the buffer until the rest came"
        first, second = take_all(kata, one, words), take_all(kata, two, words)
        one += stream[cut:]
        two += stream[cut:]
        assert first + take_all(kata, one, words) == commands, words
        assert second + take_all(kata, two, words) == [[b"X"], *commands], words


@hints(
    "A person with nc types GET a. Which byte does no such line begin with, and what does an empty line ask for?",
    "A line that does not begin with * is words with spaces between them: line.split().",
    "Skip what is empty in a loop: a function that calls itself for each gets as deep as there are lines.",
)
@on_stub("your code did not skip an empty line or *0")
def test_a_line_of_words_is_a_command_and_an_empty_one_is_none(kata):
    buffer = bytearray(b"GET a\r\n")
    assert kata.parse_command(buffer) == [b"GET", b"a"], (
        "a line of words came, and your code did not return it as a command"
    )
    buffer = bytearray(b"  SET  key   $5 \r\n")
    assert kata.parse_command(buffer) == [b"SET", b"key", b"$5"], (
        "a line had more than one space, or some at the ends, and your words were wrong"
    )
    nothing = 3000 * b"\r\n*0\r\n" + b"   \r\n"
    words = "your code did not skip an empty line or *0"
    assert parse(kata, bytearray(nothing), words) is None, words
    buffer = bytearray(nothing + array(b"PING"))
    found = "an empty line and *0 are skipped, and the command behind them is found"
    assert parse(kata, buffer, words) == [b"PING"], found
    assert bytes(buffer) == b"", "your code left in the buffer what it skipped"


MANY = 5000 * b"9" + b"\r\n"
REFUSED = {
    "the number of elements is not a number": [b"*x\r\n", b"*\r\n", b"*1x\r\n", b"*1.0\r\n"],
    "COUNT and LENGTH are digits, and int() takes more than that": [b"*+1\r\n", b"* 1\r\n", b"*1\r\n$1_0\r\n"],
    "no length is negative": [b"*-1\r\n", b"*1\r\n$-1\r\n", b"*1\r\n$-5\r\n"],
    "the length is not a number": [b"*1\r\n$\r\n", b"*1\r\n$x\r\n", b"*2\r\n$1\r\na\r\n$ 1\r\n"],
    "each element begins with $, and arrays are not nested": [b"*1\r\n*1\r\n", b"*1\r\n+PING\r\n", b"*1\r\nPING\r\n"],
    "behind a value comes a CRLF, or its length was wrong": [b"*1\r\n$4\r\nPINGGG\r\n", b"*2\r\n$0\r\n$0\r\n"],
    "more than 1,024 elements are refused when they are announced": [b"*1025\r\n", b"*4294967297\r\n", b"*" + MANY],
    "the words of a line are elements, and no more than 1,024": [1025 * b"a " + b"\r\n"],
    "more than 1 MiB is refused when announced: later it is in memory": [b"*1\r\n$1048577\r\n", b"*1\r\n$" + MANY],
    "a line of more than 64 KiB is refused": [b"A" * 65535 + b"\r\n", b"A" * 70_000, b"*" + b"1" * 70_000],
}  # fmt: skip


@hints(
    "Some of what comes can never become a command. What tells the caller, and what stays in memory meanwhile?",
    "bytes.isdigit() before int(); then the bound, as soon as the line is there; and a CRLF behind each value.",
    "A line that has no end within 64 KiB is too long already. Add the lengths up for the 4 MiB.",
)
@on_stub("is not a number")
def test_what_can_never_become_a_command_is_refused(kata):
    large = {"elements of more than 4 MiB together are refused": [b"*5\r\n" + 4 * bulk(bytes(MEGA)) + b"$1\r\n"]}
    for words, streams in (REFUSED | large).items():
        for stream in streams:
            try:
                got = f"parse_command() returns {kata.parse_command(bytearray(stream))!r:.60}"
            except kata.ProtocolError as error:
                assert not set("\r\n") & set(str(error)), "the text of your error was not one line"
                continue
            except (ValueError, IndexError, OverflowError, RecursionError) as error:
                got = f"{type(error).__name__} propagates"
            raise Finding(words, f"ProtocolError for {spelled(stream)}", got)


@hints(
    "How large is the largest command that is still allowed?",
    "A bound is a number that is allowed: > and not >=.",
)
@on_stub("this was just within the bounds, and your code refused it")
def test_what_is_just_within_the_bounds_is_a_command(kata):
    most, longest = [b"%d" % number for number in range(1024)], 4 * [bytes(MEGA)]
    words = "this was just within the bounds, and your code refused it"
    for number in (most, longest):
        buffer = bytearray(array(*number))
        assert parse(kata, buffer, words) == number, f"{words}: 1,024 elements, or 4 of 1 MiB"
        buffer = bytearray(array(*number)[:-1])
        assert parse(kata, buffer, words) is None, f"{words}: its last byte had not come yet"
        assert len(buffer) == len(array(*number)) - 1, f"{words}: your code took a part off the buffer"
    buffer = bytearray(array(bytes(MEGA), b"x")[:-6])
    assert parse(kata, buffer, words) is None, f"{words}: the end of the second length had not come yet"
    assert len(parse(kata, bytearray(1024 * b"a " + b"\r\n"), words)) == 1024, f"{words}: 1,024 words in a line"
    line = b"A" * 65534
    assert parse(kata, bytearray(line), words) is None, f"{words}: the end of the line could still come"
    assert parse(kata, bytearray(line + b"\r\n"), words) == [line], f"{words}: a line of 64 KiB with its CRLF"


ANSWERS = [
    ("PING", b"+PONG\r\n"), ("ping hello", b"$5\r\nhello\r\n"), ("Echo hello", b"$5\r\nhello\r\n"),
    ("GET k", b"$-1\r\n"), ("SET k 41", b"+OK\r\n"), ("get k", b"$2\r\n41\r\n"), ("INCR k", b":42\r\n"),
    ("GET k", b"$2\r\n42\r\n"),
    ("INCR new", b":1\r\n"), ("SET n -1", b"+OK\r\n"), ("INCR n", b":0\r\n"), ("GET K", b"$-1\r\n"),
    ("SET n 9223372036854775806", b"+OK\r\n"), ("INCR n", b":9223372036854775807\r\n"),
    ("SET n -9223372036854775808", b"+OK\r\n"), ("INCR n", b":-9223372036854775807\r\n"),
    ("EXISTS k n no k", b":3\r\n"), ("DEL k no n k", b":2\r\n"), ("EXISTS k", b":0\r\n"), ("DEL k", b":0\r\n"),
    ("SELECT 3", b"+OK\r\n"),
]  # fmt: skip


@hints(
    "An answer's first byte says what it is. How does a client tell an empty value from no value?",
    "+ and a word, : and a number, $ and a length with the value behind it; $-1 means no value. Names in any case.",
    "DEL counts what it has removed, EXISTS counts a key as often as it is named.",
)
@on_stub("the answer to")
def test_each_command_has_its_answer(serve):
    client = serve()
    for words, answer in ANSWERS:
        assert client.ask(*words.encode().split()) == answer, f"the answer to {words} was wrong"
    client.ask(b"SET", b"\r\n", b"")
    assert client.ask(b"GET", b"\r\n") == b"$0\r\n\r\n", "the server did not keep an empty value, or a key of any bytes"
    assert client.ask(b"COMMAND", b"DOCS")[:2] in (b"*0", b"-E"), (
        "redis-cli asked for COMMAND DOCS, and got neither *0 nor an error"
    )


@hints(
    "Which of your lines fails, if GET comes without a key? Who would have to wait then for whom?",
    "Look at the number of arguments before you use them, and at the value before INCR counts.",
    "An answer is one line. What of the client's bytes do you put into it? There may be a CRLF in them.",
)
@on_stub("is an error, and the client was not told")
def test_a_wrong_command_is_answered_in_one_line_and_the_client_goes_on(serve):
    client = serve()
    wrong = [[name, b"1", b"2"] for name in (b"PING", b"ECHO", b"GET", b"INCR", b"SELECT")]
    wrong += [[b"SET", b"1", b"2", b"3"], [b"QUIT", b"1"]]
    wrong += [[name] for name in (b"ECHO", b"SET", b"GET", b"DEL", b"EXISTS", b"INCR", b"SELECT")]
    for value in (b"x", b"", b"1_0", b" 1", b"1.5", b"9223372036854775807", b"-9223372036854775809", b"9" * 30):
        client.ask(b"SET", b"value %b" % value, value)
        wrong.append([b"INCR", b"value %b" % value])
    for words in [*wrong, [b"HELLO", b"3"], [b""], [b"\xff"], [b"no\r\n+OK"]]:
        try:
            answer = client.ask(*words)
        except (IndexError, TypeError, ValueError, KeyError) as error:
            raise Finding("serve() ended because of one client's mistake", "-ERR ...", repr(error)) from error
        assert answer[:4] == b"-ERR", f"{words} is an error, and the client was not told"
        assert client.ask(b"ECHO", b"on") == b"$2\r\non\r\n", (
            f"{words}: the answer was not one line, or the client could not go on"
        )


@hints(
    "How many commands are in what recv() has returned? More than one, or less?",
    "Each connection has a buffer of its own. Append to it, and take commands off it until there is none.",
)
@on_stub("a read held many commands, and not each got its answer, in order")
def test_many_commands_come_in_one_read_and_one_in_many(serve, server, talker, sleeps_again, tape):
    one, two = serve(), talker()
    one.say(*[array(b"ECHO", b"%03d" % number) for number in range(500)])
    wanted = b"".join(bulk(b"%03d" % number) for number in range(500))
    assert one.hear(len(wanted)) == wanted, "a read held many commands, and not each got its answer, in order"
    # Now each of two clients sends one command in three parts, by turns; the server sleeps in between.
    for number in range(3):
        for client, word in ((one, b"one"), (two, b"two")):
            client.say(array(b"ECHO", word)[7 * number : 7 * number + 7 if number < 2 else None])
            assert sleeps_again(), "half a command had come, and the server went on turning: a busy loop"
    words = "a command came in many reads, and the server did not keep each connection's part until the rest came"
    assert (one.hear(9), two.hear(9)) == (bulk(b"one"), bulk(b"two")), words
    assert {call.thread for call in tape.calls()} == {server.running.native_id}, "the server used more than one thread"


@hints(
    "What is the client told, if its bytes are not a command? And what do the bytes behind them mean?",
    "-ERR Protocol error: and the reason; once that is sent, no more commands, and shutdown(SHUT_WR).",
    "close() with input unread sends a reset. Read and throw away what still comes, until the client ends.",
)
@on_stub("what came was not a command")
def test_a_client_that_breaks_the_protocol_is_told_and_no_other_suffers(serve, talker, wait):
    client = talker()
    client.say(array(b"ECHO", b"hi"), b"*1\r\n*1\r\n")
    # It does not notice, and has sent a lot more when the server begins.
    with contextlib.suppress(BlockingIOError):
        for _ in range(3):
            client.sock.send(3000 * array(b"SET", b"x", b"1"), socket.MSG_DONTWAIT)
    other = serve()
    came = client.to_end("what came was not a command, and the server did not end the connection")
    assert came[:29] == b"$2\r\nhi\r\n-ERR Protocol error: ", "what came before got no answer, or no error followed"
    assert (came.count(b"\r\n"), came[-2:]) == (3, b"\r\n"), "the error was not one line, and the last one"
    assert other.ask(b"GET", b"x") == b"$-1\r\n", "the server executed a command behind a protocol error"
    before = descriptors()
    with contextlib.suppress(ConnectionError, BlockingIOError):
        for _ in range(50):
            assert other.ask(b"PING") == b"+PONG\r\n", "one client sent on and on, and another one got no answer"
            client.sock.send(bytes(ROOM), socket.MSG_DONTWAIT)
    client.sock.close()
    assert wait(lambda: descriptors() == before - 2, "the connection to be closed"), "its connection was never closed"


@pytest.fixture
def greedy(listener, talker):
    """`greedy()` asks sixty times for a big value, each time counts it in n, and reads nothing.

    With an `other` client the first ten come one by one: the other one is answered in between.
    """
    small_buffers(listener, size=ROOM)

    def start(other=None):
        client = talker()
        small_buffers(client.sock, size=ROOM)
        assert client.ask(b"SET", b"big", BIG) == b"+OK\r\n", (
            "a value of 100,000 bytes came in many reads, and the server did not collect them"
        )
        assert client.ask(b"GET", b"big") == bulk(BIG), (
            "a value of 100,000 bytes came in many reads, and did not go back whole"
        )
        for _ in range(10 if other else 0):
            client.say(GREED)
            assert other.ask(b"PING") == b"+PONG\r\n", "one client did not read, and another one got no answer"
        client.say((50 if other else 60) * GREED)
        return client

    return start


@hints(
    "Twenty bytes can ask for a megabyte. Where are the answers, while the client does not read?",
    "Send without a wait, keep what was not taken, and ask the selector for WRITE.",
    "Before each command look at what is pending: above 256 KiB execute nothing and read nothing.",
)
@on_stub("a value of 100,000 bytes")
def test_a_client_that_takes_no_answers_gets_nothing_executed(serve, greedy):
    other = serve()
    client = greedy()
    # Its commands come in one read. Some of the answers are in the buffers of the kernel.
    for _ in range(20):
        done = other.ask(b"GET", b"n").removeprefix(b"$-1")
    count = int(done.split()[-1]) if done[:1] == b"$" else 0
    assert count < 30, "nobody took the answers, and the server went on making them: its memory fills up"
    sent = feed(client, other)
    assert sent < 4 * MEGA, (
        "the client took no answers, and the server read on: it keeps, or loses, what it cannot send"
    )


@hints(
    "The client takes its answers at last. Who wakes you up for the commands that have waited?",
    "They are in your buffer: no READ comes for them. With room and pending commands go on executing.",
    "When the last byte is sent stop asking for WRITE: there nearly always is room.",
)
@on_stub("a value of 100,000 bytes")
def test_when_it_reads_again_every_answer_comes(serve, greedy, sleeps_again):
    other = serve()
    client = greedy(other)
    wanted = b"".join(bulk(BIG) + b":%d\r\n" % number for number in range(1, 61))
    came = client.hear(len(wanted))
    assert len(came) == len(wanted), (
        "what send() did not take did not follow, or the commands that waited were not executed"
    )
    assert came == wanted, "not every answer came whole, and in order"
    assert client.ask(b"GET", b"n") == b"$2\r\n60\r\n", (
        "the client had taken everything, and the server did not read from it again"
    )
    assert sleeps_again(), "nobody said anything, and the server went on turning: a busy loop"


@hints(
    "recv() says b''. Has the client got everything that it has asked for?",
    "Execute what is whole, send what is pending, then close. QUIT ends it in the same way.",
    "Half a command is not a command: the connection is closed, with an error or without.",
)
@on_stub("a value of 100,000 bytes")
def test_a_client_that_ends_gets_its_answers_first(serve, server, greedy, talker):
    other, client = serve(), greedy()
    client.sock.shutdown(socket.SHUT_WR)
    wanted = b"".join(bulk(BIG) + b":%d\r\n" % number for number in range(1, 61))
    came = client.to_end("the client ended its side, and the connection was never closed")
    assert len(came) == len(wanted), "the client ended its side and read, and did not get its answers first"
    assert came == wanted, "not every answer came whole, and in order"
    half, quitting = talker(), talker()
    half.say(array(b"PING"), b"*2\r\n$3\r\nGET\r\n$1")
    half.sock.shutdown(socket.SHUT_WR)
    came = half.to_end("the stream ended within a command, and the connection was never closed")
    assert came[:7] == b"+PONG\r\n", "the stream ended within a command, and the one before got no answer"
    assert came[7:26] in (b"", b"-ERR Protocol error"), "half a command got an answer that was not an error"
    quitting.say(array(b"QUIT"), array(b"SET", b"x", b"1"))
    assert quitting.to_end("QUIT was sent, and the server did not end the connection") == b"+OK\r\n", (
        "QUIT was not answered with +OK, and then the end of the stream"
    )
    assert other.ask(b"GET", b"x") == b"$-1\r\n", "the server executed a command behind QUIT"
    server.kept[2].send(b"x")
    wait_until(lambda: server.running.done, "serve() to return: stop is readable, and clients have ended before")


@hints(
    "Which calls on a connection raise when its client has sent a reset?",
    "Any of them: the first recv(), or a send() in the middle of the answers.",
    "except OSError round what you do for one client: unregister and close this one, and go on.",
)
@on_stub("ECONNRESET")
def test_a_reset_ends_one_client_alone(serve, talker, greedy, listener, wait):
    # One is in the queue, and gone already.
    gone = talker()
    wait_queued(listener, 1)
    reset_in_queue(gone.sock)
    other, client, taker = serve(), talker(), greedy()
    client.ask(b"PING"), other.ask(b"PING")
    before = descriptors()
    with rival(listener):
        talker().sock.close()
        assert other.ask(b"PING") == b"+PONG\r\n", "somebody else was faster to accept, and another got no answer"
    assert other.ask(b"PING") == b"+PONG\r\n", "somebody else was faster to accept a client, and another got no answer"
    for left in (client, taker):
        reset(left.sock)
    closed = wait(lambda: descriptors() <= before - 4, "the connections that were reset to be closed")
    assert other.ask(b"PING") == b"+PONG\r\n", "others had reset, one in the middle of its answers, and one got none"
    assert closed, "a client reset, and its connection was never closed"
    for new in (talker(), talker()):
        assert new.ask(b"PING") == b"+PONG\r\n", "others had reset, and one that came later got no answer"


@pytest.fixture
def at_read(wait):
    """`at_read(client, act)`: the client sends PING, and while the server reads that, act() is called."""

    def begin(client, act):
        acted = []

        def once():
            if threading.current_thread() is not threading.main_thread() and not acted:
                acted.append(act())

        before_each_read(once)
        client.say(b"PING\r\n")
        if not wait(lambda: acted, "the server to read"):
            act()  # it reads in a way that is not seen here

    return begin


def result_at_stop(serving):
    """What serve() returns now that stop is readable; a client has reset in the same moment."""
    wait_until(lambda: serving.done, "serve() to return: stop is readable")
    try:
        return serving.result()
    except OSError as error:
        words = "a client had reset when stop became readable, and serve() raised the error of its connection"
        raise Finding(words, "serve() should return", f"{type(error).__name__}: {error}") from error


@hints(
    "stop is readable. What of all that the server has opened is still open?",
    "Watch stop with the others; then return, and on this way close every connection and the selector.",
    "listener.settimeout(what it was). And the store: where is it made, in the module or in serve()?",
)
@on_stub("serve() raised the error of its connection")
def test_it_ends_when_stop_is_readable_and_leaves_nothing(
    kata, listener, unix_pair, background, talker, serve, at_read
):
    stop, other = unix_pair
    listener.settimeout(30)
    before = descriptors()
    serving = background(kata.serve, listener, stop, may_raise=True)
    gone, client = talker(), talker()
    for one in (gone, client):
        assert one.ask(b"SET", b"k", b"1") == b"+OK\r\n", "the answer to SET k 1 was wrong"
    # While the server reads, one client resets and stop becomes readable: in its next turn both are there.
    at_read(client, lambda: reset_in_queue(gone.sock) or other.send(b"x"))
    assert result_at_stop(serving) is None, "serve() did not return None"
    assert client.to_end("the connections were left open") in (b"", b"+PONG\r\n"), "more than the answer came"
    assert descriptors() == before + 1, "the server left connections, or a selector, open"
    assert (listener.gettimeout(), unread(stop)) == (30, 1), "the server changed the listener's mode, or read from stop"
    assert serve().ask(b"GET", b"k") == b"$-1\r\n", "two calls of serve() had the same store"


@hints(
    "accept() raises ECONNABORTED for a client that was gone before. And something else: who must be told?",
    "The caller: let it propagate, and on this way, too, close every connection and put the listener's mode back.",
)
@linux_only("an error for accept() once the listener was shut down")
@on_stub("one client was gone before accept() returned")
def test_of_the_errors_of_accept_only_one_is_skipped(kata, listener, unix_pair, background, talker):
    before = descriptors()
    serving = background(kata.serve, listener, unix_pair[0])
    with client_gone_before_accept(listener):
        client = talker()
        assert client.ask(b"PING") == b"+PONG\r\n", (
            "a client was gone before accept() returned, and the next one was not served"
        )
    # Nobody can be accepted any more, ever.
    listener.shutdown(socket.SHUT_RDWR)
    words = "accept() failed for good, and your server swallowed the error"
    with raises_errno("EINVAL", words=words):
        wait_until(lambda: serving.done, "serve() to raise: accept() fails for good")
        serving.result()
    assert client.to_end("serve() raised, and left a connection open") == b"", "nothing was asked, and something came"
    assert descriptors() == before + 1, "serve() raised, and left something open"
    assert listener.gettimeout() is None, "serve() raised, and did not put the listener's mode back"
