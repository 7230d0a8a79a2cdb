"""7.2: requests are cut out of a stream of bytes, bad ones are refused, and one thread answers all clients."""

import contextlib
import itertools
import re
import socket

import pytest

from dojo.suite import (
    LOOKS,
    NARROW,
    ROOM,
    Finding,
    accept_fails,
    client_gone_before_accept,
    counted,
    descriptors,
    hints,
    on_stub,
    raises_errno,
    reset,
    reset_in_queue,
    rival,
    small_buffers,
    squeezed,
    stale_report,
    unread,
    wait_queued,
)

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
BODY = b"one\r\n\r\ntwo: three"
UPLOAD = b"POST /echo HTTP/1.1\r\nhOST: x:80\r\ncONTENT-lENGTH: 17\r\nX-Time:\t10:20:30 \r\n\r\n" + BODY
CHUNKS = b"PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
CHUNKS += b'0B;a="b"\r\none\r\n\r\ntwo:\r\n6\r\n three\r\n0\r\nX-Sum: 1\r\n\r\n'
MIB = 1024 * 1024
PATIENCE = 600.0  # seconds, of virtual time


def head(*fields, start=b"GET / HTTP/1.1"):
    """A head with a Host and these fields."""
    return b"\r\n".join([start, b"Host: x", *fields, b"", b""])


def chunked(*rest):
    """A request with a chunked body, of which this is what comes behind the head."""
    return head(b"Transfer-Encoding: chunked", start=b"POST /echo HTTP/1.1") + b"".join(rest)


# ---- parse_request ----


def taken(kata, buffer, whole, words):
    """Parse what there is of `whole`; a request, or None, with the buffer in order either way."""
    before = bytes(buffer)
    request = kata.parse_request(buffer)
    if request is None:
        assert bytes(buffer) == before, "the request was not whole yet, and your code took a part of it from the buffer"
    else:
        assert bytes(buffer) == before[len(whole) :], words
    return request


def cut_everywhere(kata, first, second):
    """Both requests, for every position at which the stream can be cut."""
    stream = first + second
    for cut in range(len(stream) + 1):
        buffer, got = bytearray(stream[:cut]), []
        for rest in (stream[cut:], b""):
            for whole in (first, second)[len(got) :]:
                request = taken(
                    kata, buffer, whole, "your code did not take exactly one request, and leave what is behind it"
                )
                if request is None:
                    break
                got.append(request)
            buffer += rest
        assert len(got) == (2 if cut == len(stream) else len(got)), (
            "two whole requests were there, and your code did not return both"
        )
        while len(got) < 2:
            got.append(taken(kata, buffer, (first, second)[len(got)], "your code took what is behind the request"))
            assert got[-1] is not None, (
                f"all had come, cut after {counted(cut, 'byte')}, and your code did not return the request"
            )
        yield got


# What is just within the limits: a request, or the beginning of one.
WITHIN = {
    "a request line of 8,000 bytes": head(start=b"GET /%b HTTP/1.1" % (b"a" * 8000)),
    "100 fields": head(*[b"A: b"] * 99),
    "a head of 16,000 bytes": head(*[b"A: " + b"a" * 160] * 99),
    "a body of 16 MiB": head(b"Content-Length: %d" % (16 * MIB)),
    "a chunk of 16 MiB": chunked(b"1000000\r\n"),
    "a chunk's size line of 16,000 bytes": chunked(b"5;" + b"a" * 16000 + b"\r\n"),
}


def within(kata, name, stream):
    """Parse what is within the limits."""
    try:
        taken(kata, bytearray(stream), stream, "this was just within the limits, and your code refused it")
    except kata.BadRequest as bad:
        words = f"{name}: that is within the limits, and your code refused it"
        raise Finding(words, "a request, or None while it is not whole", f"BadRequest({bad.status})") from bad


@hints(
    "Where does a request end: where recv() ended? And what may stand in its body?",
    "Head up to the first empty line, then Content-Length bytes; delete both together, when both are there.",
    "Names of headers in lower case, before you look for one. partition(':') cuts once.",
)
@on_stub("too many values to unpack")
def test_two_requests_are_cut_out_wherever_the_stream_was_cut(kata):
    for upload, get in cut_everywhere(kata, UPLOAD, GET):
        said = (upload.method, upload.target, get.method, get.target)
        assert said == ("POST", "/echo", "GET", "/"), (
            "your method and target were not the first two words of the request line"
        )
        assert (upload.body, get.body) == (BODY, b""), (
            "your body was not as long as Content-Length says, in any spelling"
        )
        assert type(upload.body) is bytes, "your body was not bytes"
        wanted = {"host": "x:80", "content-length": "17", "x-time": "10:20:30"}
        assert upload.headers == wanted, (
            "your headers were wrong: names in lower case; values as sent, colons included, without blanks around"
        )
    for name, stream in WITHIN.items():
        within(kata, name, stream)


@hints(
    "There is no Content-Length. How long is the next piece of the body, and where does it say so?",
    "A size in hex, perhaps an extension behind ';', CRLF, so many bytes, CRLF; and size 0 is the last one.",
    "Behind it come trailer fields, and an empty line. Only then is the request whole.",
)
@on_stub("your code did not take exactly one request")
def test_a_chunked_body_is_put_together(kata):
    for upload, get in cut_everywhere(kata, CHUNKS, GET):
        assert upload.body == BODY, "your body was not the chunks without their sizes, extensions and trailer"
        assert (get.method, get.body) == ("GET", b""), "your next request did not begin behind the trailer's empty line"


LARGE = b"%d" % (16 * MIB + 1)
REFUSED = {
    "no request line": (b"hello\r\n\r\n", {400}),
    "two words": (b"GET /\r\n\r\n", {400}),
    "a space too many": (head(start=b"GET  / HTTP/1.1"), {400}),
    "no version": (head(start=b"GET / FTP/1.1"), {400}),
    "version 2": (head(start=b"GET / HTTP/2.0"), {505}),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\r\n\r\n", {400}),
    "LF alone": (GET.replace(b"\r\n", b"\n"), {400}),
    "LF alone in front": (b"\n" + GET, {400}),
    "LF alone in the head": (head(b"A: b\nC: d"), {400}),
    "CR alone": (head(b"A: b\rC: d"), {400}),
    "a zero byte": (head(b"A: b\0"), {400}),
    "folded": (head(b"A: b", b" c"), {400}),
    "blank before the colon": (head(b"A : b"), {400}),
    "no colon": (head(b"Ab"), {400}),
    "no name": (head(b": b"), {400}),
    "no Host": (b"GET / HTTP/1.1\r\n\r\n", {400}),
    "two Hosts": (head(b"hOST: y"), {400}),
    "two Hosts in 1.0": (b"GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n", {400}),
    "a length below 0": (head(b"Content-Length: -1"), {400}),
    "a length with a plus": (head(b"Content-Length: +1") + b"x", {400}),
    "a length in letters": (head(b"Content-Length: ten"), {400}),
    "a length with an underscore": (head(b"Content-Length: 1_0") + bytes(10), {400}),
    "a length of other digits": (head(b"Content-Length: \xb2") + bytes(10), {400}),
    "no length at all": (head(b"Content-Length:"), {400}),
    "two lengths": (head(b"Content-Length: 1", b"Content-Length: 2") + b"xx", {400}),
    "length and chunks": (head(b"Content-Length: 5", b"Transfer-Encoding: chunked") + b"0\r\n\r\n", {400}),
    "a large body": (head(b"Content-Length: " + LARGE), {413}),
    "a length of 5000 digits": (head(b"Content-Length: " + b"9" * 5000), {413}),
    "another coding": (head(b"Transfer-Encoding: lzw, chunked") + b"0\r\n\r\n", {501, 400}),
    "a coding in two fields": (
        head(b"Transfer-Encoding: lzw", b"Transfer-Encoding: chunked") + b"0\r\n\r\n",
        {501, 400},
    ),
    "nearly chunked": (head(b"Transfer-Encoding: Xchunked") + b"0\r\n\r\n", {501, 400}),
    "a long request line": (b"GET /" + b"a" * 8200 + b" HTTP/1.1\r\n\r\n", {414}),
    "a line of 8 KiB and 8 bytes": (head(start=b"GET /%b HTTP/1.1" % bytes(8186).replace(b"\0", b"a")), {414}),
    "an empty line, and a long one": (b"\r\nGET /" + b"a" * 8200 + b" HTTP/1.1\r\n\r\n", {414}),
    "a line and a field, both long": (head(b"A: " + b"a" * 9000, start=b"GET /%b HTTP/1.1" % (b"a" * 8000)), {431}),
    "a head of 16 KiB and 16 bytes": (head(b"A: " + b"a" * 16368), {431}),
    "many fields, and a long head": (head(*[b"A: " + b"a" * 161] * 99), {431}),
    "a long field": (head(b"A: " + b"a" * 16400), {431}),
    "a long head": (head(*[b"A: " + b"a" * 500] * 40), {431}),
    "101 fields": (head(*[b"A: b"] * 100), {431}),
    "a chunk of no size": (chunked(b"\r\nhello\r\n0\r\n\r\n"), {400}),
    "a chunk below 0": (chunked(b"-5\r\nhello\r\n0\r\n\r\n"), {400}),
    "a chunk with 0x": (chunked(b"0x5\r\nhello\r\n0\r\n\r\n"), {400}),
    "a chunk with a blank": (chunked(b" 5\r\nhello\r\n0\r\n\r\n"), {400}),
    "a chunk with more than it says": (chunked(b"5\r\nhello!\r\n0\r\n\r\n"), {400}),
    "a chunk and LF alone": (chunked(b"5\nhello\n0\n\n"), {400}),
    "a large chunk": (chunked(b"1000001\r\nhello"), {413}),
    # The zeros are put in when they are wanted: the process of every test would have them in its memory.
    "two large chunks": ([chunked(b"900000\r\n"), 9 * MIB, b"\r\n900000\r\nhello"], {413}),
    "a trailer with no colon": (chunked(b"0\r\nhello\r\n\r\n"), {400}),
    "a folded trailer": (chunked(b"0\r\nA: b\r\n c\r\n\r\n"), {400}),
    "101 fields in a trailer": (chunked(b"0\r\n", b"A: b\r\n" * 101, b"\r\n"), {431}),
    "a long trailer": (chunked(b"0\r\n", b"A: " + b"a" * 16400, b"\r\n\r\n"), {431}),
    # What never ends is refused before it ends.
    "an endless request line": (b"GET /" + b"a" * 9000, {414}),
    "an endless field": (head(b"A: " + b"a" * 17000)[:-4], {431}),
    "fields without end": (head(*[b"A: b"] * 200)[:-2], {431}),
    "an endless extension": (chunked(b"5;" + b"a" * 20000), {431}),
    "an endless trailer": (chunked(b"0\r\nA: " + b"a" * 17000), {431}),
}


def refusal(kata, name, stream):
    """The status with which it is refused; a finding if it is not."""
    try:
        request = kata.parse_request(bytearray(stream))
        got = "it waits for more" if request is None else f"it takes it for {request.method} {request.target[:30]}"
    except kata.BadRequest as bad:
        return bad.status
    except (ValueError, LookupError) as error:
        got = f"{type(error).__name__}: {error}"
    words = f"{name}: this can never become a request, and your code did not raise BadRequest"
    raise Finding(words, "BadRequest", got)


@pytest.mark.parametrize("name", REFUSED)
@hints(
    "Two programs may read these bytes in two ways, and that is how a request is hidden in another. What is safe?",
    "Check each line as a whole: regular expressions with fullmatch() for the request line, names and sizes.",
    "int() takes '+1', '1_0' and ' 1': look at the digits first. Check all limits on what has come, whole or not.",
)
@on_stub("this can never become a request, and your code did not raise BadRequest")
def test_what_can_never_become_a_request_is_refused(kata, name):
    stream, wanted = REFUSED[name]
    status = refusal(kata, name, b"".join(map(bytes, stream)) if isinstance(stream, list) else stream)
    right = " or ".join(map(str, wanted))
    assert status in wanted, f"{name}: your code refused it, but not with {right}: the brief says which status is whose"


# ---- serve ----


class Client:
    """A client that speaks bytes, and takes the answers apart."""

    def __init__(self, sock, wait, narrow=None):
        self.sock, self._wait, self._narrow = sock, wait, narrow
        self.came, self.end, self._broken = bytearray(), "", False

    def look(self):
        """Take what has come."""
        with contextlib.suppress(BlockingIOError):
            try:
                while not self.end and (piece := self._read()):
                    self.came += piece
                # A send() that failed has told of the reset, and no recv() tells of it again.
                self.end = "reset" if self._broken else "end"
            except ConnectionError:
                self.end = "reset"

    def _read(self):
        if self._narrow is None:
            return self.sock.recv(MIB, socket.MSG_DONTWAIT)
        piece = self._narrow.read()
        if not piece and not self._narrow.over():
            raise BlockingIOError
        return piece

    def ask(self, *pieces, head=False, looks=LOOKS):
        """Send this, if anything, and return the next answer: status, headers, body."""
        try:
            for piece in pieces:
                self.sock.sendall(piece)
        except ConnectionError:
            self._broken = True
        self._wait(lambda: self.look() or self.whole(head) or self.end, "an answer", looks)
        size = self.whole(head)
        if not size:
            got = f"the connection's {self.end}" if self.end else "nothing more"
            raise Finding("no whole answer came", "an answer", f"{bytes(self.came[:80])!r}, then {got}")
        start, headers = self.parts()
        body = bytes(self.came[self.came.index(b"\r\n\r\n") + 4 : size])
        del self.came[:size]
        return int(start.split()[1]), headers, body

    def parts(self):
        """The first line of what has come, and its headers."""
        start, *lines = self.came.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        assert re.match(r"HTTP/1\.1 [1-5][0-9][0-9] ", start), f"an answer begins HTTP/1.1 and a status, not {start!r}"
        return start, {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

    def whole(self, head):
        """How long the first answer is, 0 while it is not whole."""
        at = self.came.find(b"\r\n\r\n")
        if at < 0:
            return 0
        start, headers = self.parts()
        if start.startswith("HTTP/1.1 1"):
            return at + 4
        assert "content-length" in headers, "an answer had no Content-Length: the client cannot know where it ends"
        size = at + 4 + (0 if head else int(headers["content-length"]))
        return size if len(self.came) >= size else 0

    def ended(self, looks=LOOKS):
        """Wait for the end of the connection: "end", "reset", or "" if it stays."""
        self._wait(lambda: self.look() or self.end, "the server to end the connection", looks)
        return self.end


@pytest.fixture
def servers():
    """What serve() has started."""
    return []


@pytest.fixture
def wait(comes):
    """`wait(condition, what)`: for it, or until the server rests for so many looks on end."""
    return comes


@pytest.fixture
def serve(kata, listener, background, tape, servers):
    """`serve(patience)` starts the server, on a listener of its own; `.stop` is the suite's end of the stop socket."""
    sockets = []

    def start(patience=30.0, may_raise=False):
        own = listener.dup()
        own.settimeout(30)
        stop, ask = socket.socketpair()
        tape.label(own, "listener"), tape.label(stop, "stop")
        running = background(kata.serve, own, stop, patience, may_raise=may_raise)
        running.stop, running.listener = ask, own
        servers.append(running)
        sockets.append((own, stop, ask))
        return running

    yield start
    for running, own in zip(servers, sockets, strict=True):
        # A server that still sleeps in them keeps its sockets.
        for sock in own if running.done else ():
            sock.close()


@pytest.fixture
def talk(listener, connect, wait):
    """`talk()` is a connected client."""
    small_buffers(listener, size=ROOM)  # connections inherit them

    def start():
        sock = connect(listener)
        small_buffers(sock, size=ROOM)
        return Client(sock, wait)

    return start


PATHS = (
    (head(start=b"GET /bytes/0 HTTP/1.1"), 200, b""),
    (head(start=b"GET /bytes/1000 HTTP/1.1"), 200, 1000),
    (UPLOAD, 200, BODY),
    (CHUNKS, 200, BODY),
    (chunked(b"a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n"), 200, 2 * b"0123456789"),
    (head(b"Content-Length: 0", start=b"POST /echo HTTP/1.1"), 200, b""),
    (head(b"Content-Length: 0000000000003", start=b"POST /echo HTTP/1.1") + b"abc", 200, b"abc"),
    (head(start=b"GET /nothing HTTP/1.1"), 404, None),
    (head(start=b"DELETE /nothing HTTP/1.1"), 404, None),
    (head(start=b"GET /bytes/16777217 HTTP/1.1"), 404, None),
    (head(start=b"GET /bytes/-1 HTTP/1.1"), 404, None),
    (head(start=b"GET /bytes/ten HTTP/1.1"), 404, None),
    (head(start=b"GET /bytes/\xb2 HTTP/1.1".replace(b"\xb2", b"%B2")), 404, None),
    (head(b"Content-Length: 3", start=b"POST / HTTP/1.1") + b"abc", 405, None),
    (head(start=b"GET /echo HTTP/1.1"), 405, None),
    (head(start=b"DELETE /bytes/1 HTTP/1.1"), 405, None),
    *((head(start=b"%b / HTTP/1.1" % method), 405, None) for method in (b"CONNECT", b"OPTIONS", b"TRACE", b"PATCH")),
    (head(start=b"BREW / HTTP/1.1"), 501, None),
)


@hints(
    "Compare your answers with the brief, path by path. What does /bytes/ten get?",
    "First the method that nobody knows, then the path, then the method that this path has not.",
    "re.fullmatch(r'/bytes/([0-9]+)', target), and the limit.",
)
@on_stub("too many values to unpack")
def test_every_path_has_its_answer(serve, talk):
    serve()
    client = talk()
    status, _, body = client.ask(GET)
    assert (status, bool(body)) == (200, True), "GET / was not answered with a greeting"
    # All on one connection, one after the other.
    for request, wanted, content in PATHS:
        name = request.partition(b" HTTP")[0].decode()
        status, _, body = client.ask(request)
        assert status == wanted, f"the wrong status for {name}"
        if content is not None:
            got, right = (len(body), content) if isinstance(content, int) else (body, content)
            assert got == right, f"the wrong body for {name}"


@hints(
    "How many requests may one recv() bring? When do you look at the buffer again?",
    "After each answer try to parse the next one from what is left; only when there is none, wait for the client.",
)
@on_stub("too many values to unpack")
def test_pipelined_requests_are_answered_in_their_order(serve, talk):
    serving = serve()
    client = talk()
    # Some clients send an empty line behind a body.
    for pieces in ([UPLOAD + b"\r\n" + GET + CHUNKS], [UPLOAD[:50], UPLOAD[50:] + GET + CHUNKS[:100], CHUNKS[100:]]):
        first, second, third = client.ask(*pieces), client.ask(), client.ask()
        assert (first[2], third[2]) == (BODY, BODY), "not each request got its answer, in the order of the requests"
        assert (second[0], bool(second[2])) == (200, True), "the second request in the pipe got no answer"
    # The client may ask again: there is nothing to do until then.
    serving.asleep()
    client.sock.shutdown(socket.SHUT_WR)
    assert client.ended() == "end", "the client ended, and its connection was never closed"


@hints(
    "What does the client of a HEAD read behind the head of your answer?",
    "The same head as for GET, with the length that GET would have, and nothing behind it.",
)
@on_stub("an answer begins HTTP/1.1 and a status")
def test_head_is_get_without_the_body(serve, talk):
    serve()
    client = talk()
    for path in (b"/", b"/bytes/70000", b"/nothing"):
        status, headers, _ = client.ask(head(start=b"HEAD %b HTTP/1.1" % path), head=True)
        again, wanted, _ = client.ask(head(start=b"GET %b HTTP/1.1" % path))
        assert (status, headers["content-length"]) == (again, wanted["content-length"]), (
            "HEAD did not say what GET would say: the same status, the same length"
        )
    status, headers, _ = client.ask(head(start=b"HEAD /bytes/16777216 HTTP/1.1"), head=True)
    assert (status, headers["content-length"]) == (200, "16777216"), "n was 16 MiB, and the answer was wrong"


@hints(
    "send() takes what there is room for. What does it return? And what does it raise when there is none?",
    "Keep what was not taken, with its connection, and ask the selector for WRITE as long as there is something.",
)
@on_stub("no whole answer came")
def test_what_send_did_not_take_follows(serve, connect, listener, wait):
    sock = connect(listener, room=NARROW)
    client = Client(sock, wait, squeezed(sock, 1000))
    stale_report(sock)
    serve()
    for size in (10_000, 30_000):
        request = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size
        body = bytes(number % 240 for number in range(size))
        _, _, got = client.ask(request + body + GET)
        assert got == body, "send() took a part, or raised EAGAIN, and the rest did not follow"
        assert client.ask()[0] == 200, "the next request was there already, and got no answer"


@hints(
    "A client asks for much, reads nothing, and sends on. Where do you wait? And where does what it sends stay?",
    "Non-blocking sockets; while an answer is pending ask for WRITE alone. The rest stays in the kernel.",
)
@on_stub("a client did not read, and another one got no answer")
def test_a_client_that_does_not_take_its_answer_is_not_read_from(serve, talk, connect, listener):
    serve()
    other, client = talk(), talk()
    upload = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"
    stream, sent, refused = head(start=b"GET /bytes/2000000 HTTP/1.1") + upload + bytes(2_000_000), 0, 0
    while refused < 20 and sent < len(stream):
        try:
            sent += client.sock.send(stream[sent : sent + ROOM], socket.MSG_DONTWAIT)
            refused = 0
        except BlockingIOError:
            refused += 1
            with naming("a client did not read, and another one got no answer"):
                other.ask(GET)
    assert sent < len(stream), "nobody took the answer, and the server read the client's next requests: memory fills up"
    # Now it reads: the answer comes whole, and the rest of the next request may follow.
    assert len(client.ask()[2]) == 2_000_000, "the client read again, and the rest of its answer did not come"
    assert client.ask(stream[sent:])[2] == bytes(2_000_000), (
        "the answer was out, and the server did not take the next request"
    )


@contextlib.contextmanager
def naming(words):
    """What is found inside means this."""
    try:
        yield
    except Finding as found:
        raise Finding(words, found.wanted, found.got) from found


@hints(
    "The client has sent a head with Expect, and waits. For what?",
    "As soon as the head is there and the body is not: HTTP/1.1 100 Continue and an empty line.",
    "Then it sends the body, and the answer itself follows. Too long a body gets its status instead.",
)
@on_stub("the client waited for a word")
def test_the_interim_answer_comes_before_the_body(serve, talk):
    serve()
    client = talk()
    expects = b"Expect: 100-continue"
    for length, body in ((b"Content-Length: 17", BODY), (b"Transfer-Encoding: chunked", CHUNKS[-49:])):
        with naming("the client waited for a word before it sent the body, and none came"):
            status = client.ask(head(expects, length, start=b"POST /echo HTTP/1.1"))[0]
        assert status == 100, "the interim answer to Expect: 100-continue did not have the status 100"
        status, _, body = client.ask(body)
        assert (status, body) == (200, BODY), "after the interim answer and the body the answer did not come"
    status = client.ask(head(expects, b"Content-Length: " + LARGE, start=b"POST /echo HTTP/1.1"))[0]
    assert status == 413, "the server asked for a body that it would refuse"
    status = talk().ask(head(expects, b"Content-Length: 17", start=b"POST /echo HTTP/1.0"), BODY)[0]
    assert status == 200, "the server sent an interim answer to HTTP/1.0: its client takes it for the answer"


@hints(
    "When does a client of HTTP/1.0 take an answer for complete? And what does Connection: close ask for?",
    "Say Connection: close in the answer, send it whole, then end the stream. The value's case does not matter.",
)
@on_stub("the server kept the connection after HTTP/1.0 or after Connection: close")
def test_the_connection_ends_when_that_was_asked_for(serve, talk):
    serve()
    for request in (head(b"Connection: Close"), b"GET / HTTP/1.0\r\n\r\n", head(b"Connection: x, close")):
        client = talk()
        # What is sent behind it is not answered any more.
        status, headers, body = client.ask(request + GET)
        assert (status, bool(body)) == (200, True), "the last request got no answer"
        assert client.ended(), "the server kept the connection after HTTP/1.0 or after Connection: close"
        assert (bytes(client.came), client.end) == (b"", "end"), "after the one answer the stream did not end in order"
        assert headers.get("connection", "").lower() == "close", "the last answer did not say Connection: close"


BAD = ((head(b"A : b"), 400), (head(b"A: " + b"a" * 17000), 431), (chunked(b"x\r\n"), 400))


@hints(
    "BadRequest propagates from parse_request(). Who answers with its status? And where would the next request begin?",
    "What is unread when you close turns the close into a reset, and that overtakes your answer (see 1.13).",
    "Send the answer, shutdown(SHUT_WR), then read and drop until the client ends, or its time is over.",
)
@on_stub("a bad request was not answered with its status")
def test_a_bad_request_is_answered_and_harms_nobody_else(serve, talk):
    # The head, and more than one recv() brings: it is all in the kernel before anybody looks.
    clients = [(talk(), bad, wanted) for bad, wanted in BAD]
    for client, bad, _ in clients:
        client.sock.send(bad + bytes(100_000), socket.MSG_DONTWAIT)
    serve()
    other = talk()
    for client, _, wanted in clients:
        status, headers, _ = client.ask(bytes(MIB), bytes(MIB))
        assert status == wanted, "a bad request was not answered with its status"
        assert headers.get("connection", "").lower() == "close", "its answer did not say Connection: close"
        assert client.ended(), "the server kept the connection after the answer to a bad request"
        assert client.end == "end", "the client was still sending, and was reset: that can destroy the answer"
        assert not client.came, "the server answered what followed a bad request"
        assert other.ask(GET)[0] == 200, "one client sent rubbish, and another one got no answer"


TOO_SOON = "a client has had less time than `patience` seconds, and your server ended with it"


@hints(
    "A client sends a byte now and then, for ever. When is its time over?",
    "Each connection has a moment at which it falls due; a byte does not move it. select() waits until the next one.",
    "Head begun, or body: 408 and Connection: close. Nothing begun: just close.",
)
@on_stub("letter by letter")
def test_the_patience_with_a_client_has_an_end(virtual_time, serve, talk):
    serve(PATIENCE)
    silent, slow, half, other = clients = talk(), talk(), talk(), talk()
    slow.sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nA: b")
    half.sock.sendall(head(b"Content-Length: 5", start=b"POST /echo HTTP/1.1") + b"hell")
    assert other.ask(GET)[0] == 200, "some clients were slow, and another one got no answer"
    for _ in range(9):
        virtual_time.advance(PATIENCE / 10)
        assert not any(client.look() or client.came or client.end for client in clients), TOO_SOON
        slow.sock.send(b"b")
    virtual_time.advance(PATIENCE / 10 + 5)
    assert slow.look() or slow.came, "a head came letter by letter, and the server let it take for ever"
    for client, said in ((silent, "all the time"), (other, "since its answer")):
        assert client.ended() == "end", f"a client said nothing {said}, and the server kept its connection"
        assert not client.came, f"a client had asked nothing {said}, and got an answer and not just the end"
    for client in (slow, half):
        status, headers, _ = client.ask()
        assert (status, headers.get("connection")) == (408, "close"), "half a request did not get 408 and close"
        assert client.ended() == "end", "after 408 the stream did not end in order"


@hints(
    "An answer is pending, and its client does not read. How long do you keep it?",
    "Let the time begin anew with each piece that is taken; when it is over, close.",
)
@on_stub("a client that does not read")
def test_who_takes_nothing_of_its_answer_is_closed(virtual_time, serve, talk, wait):
    serve(PATIENCE)
    client = talk()
    client.sock.sendall(head(start=b"GET /bytes/2000000 HTTP/1.1"))
    # It reads nothing.
    wait(lambda: unread(client.sock), "the answer to begin")
    before = descriptors()
    virtual_time.advance(PATIENCE / 2)
    assert descriptors() == before, TOO_SOON
    # On a busy machine the kernel may have taken a piece only now.
    virtual_time.advance(3 * PATIENCE)
    closed = wait(lambda: descriptors() < before, "the connection to be closed")
    assert closed, "its time was over, and the server kept a client that does not read, and its answer in memory"


@hints(
    "What do the calls on a connection say when the client has reset? And when it has ended half way?",
    "OSError, in whatever call, is the end of this connection; b'' in the middle of a request is, too.",
)
@on_stub("ECONNRESET")
def test_a_client_that_leaves_half_way_ends_itself_alone(serve, talk, listener, wait):
    gone = talk()
    wait_queued(listener, 1)
    reset_in_queue(gone.sock)
    _, other = serve(), talk()
    other.ask(GET)
    before = descriptors()
    with rival(listener):
        talk().sock.close()
        other.ask(GET)
    assert other.ask(GET)[0] == 200, "somebody else was faster to accept a client, and another one got no answer"
    half = (UPLOAD[:30], UPLOAD[:-3], CHUNKS[:-3], head(start=b"GET /bytes/2000000 HTTP/1.1") + UPLOAD)
    for ask, leave in itertools.product(half, (socket.socket.close, reset)):
        client = talk()
        client.sock.sendall(ask)
        other.ask(GET)
        leave(client.sock)
        closed = wait(lambda: descriptors() == before, "the connection to be closed", looks=300)
        assert closed, "a client left half way, and the server did not close its connection"
        assert other.ask(GET)[0] == 200, "a client left half way, and another one got no answer"


@hints(
    "accept() fails. Whose error is it: of a client, of the process for a while, or of the listener?",
    "EMFILE passes when somebody leaves. EAGAIN and ECONNABORTED are nothing. All others propagate.",
    "finally: close every connection, and give the listener its mode back.",
)
@on_stub("the server accepted nobody any more")
def test_no_descriptor_is_left_and_then_the_listener_fails(serve, talk, wait, keep, listener):
    serving, other, client = serve(may_raise=True), *(Client(keep(socket.socket()), wait) for _ in range(2))
    serving.asleep()
    for late, others in ((other, ", with nobody connected"), (client, "")):
        with accept_fails(listener) as failing:
            late.sock.connect(listener.getsockname())
            wait(lambda failing=failing: failing.fired or serving.done, "accept() to fail")
        if late is client:  # one who leaves is all that some wait for
            other.sock.shutdown(socket.SHUT_WR)
        with naming(f"accept() failed for a while{others}, and the server accepted nobody any more"):
            assert late.ask(GET, looks=2500)[0] == 200, "a client was accepted, and got no answer"
    with client_gone_before_accept(listener):
        assert talk().ask(GET)[0] == 200, "a client was gone before accept() returned, and the next got no answer"
    with accept_fails(listener, "EINVAL") as failing:
        talk()
        with raises_errno("EINVAL", words="the listener failed, and the caller never finds out"):
            serving.result() if wait(lambda: serving.done, "serve() to end") else None
    assert failing.fired == 1, "the listener failed, and the server went on for a while"
    assert client.ended() == "end", "serve() ended with an error, and left a connection open"
    assert serving.listener.gettimeout() == 30, "serve() did not put the listener's mode back"


@hints(
    "What ends the server, and how does it notice while it sleeps?",
    "Register `stop` as well. On every way out close the connections, and put the listener's mode back.",
)
@on_stub("conn 3.sendall(2,000,044 b")
def test_it_returns_when_stop_is_readable(serve, talk):
    serving = serve()
    idle, half, pending = talk(), talk(), talk()
    assert idle.ask(GET)[0] == 200, "GET / was not answered with a greeting"
    half.sock.sendall(UPLOAD[:30])
    pending.sock.sendall(head(start=b"GET /bytes/2000000 HTTP/1.1"))
    idle.ask(GET)
    serving.stop.send(b"x")
    assert serving.result() is None, "serve() did not return None"
    for client in (idle, half, pending):
        assert client.ended(), "serve() returned, and left a connection open"
    assert serving.listener.gettimeout() == 30, "serve() did not put the listener's mode back"
    assert talk().sock.fileno() >= 0, "the server closed the listener, which is the caller's"
