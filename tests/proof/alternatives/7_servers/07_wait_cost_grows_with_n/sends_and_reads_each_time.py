"""Another one speaks each time, and is heard: the clock runs between, and not while that is done."""

import selectors
import socket
import statistics
from time import perf_counter


class Crowd:
    def __init__(self, selector, n):
        self.selector = selector
        self.pairs = []
        try:
            for _ in range(n + 1):
                self.pairs.append(socket.socketpair())
                selector.register(self.pairs[-1][0], selectors.EVENT_READ)
        except OSError:
            self.close()
            raise

    def speak(self, number):
        self.pairs[number % len(self.pairs)][1].send(b".")

    def measure(self):
        began = perf_counter()
        ((key, _),) = self.selector.select(30)
        seconds = perf_counter() - began
        key.fileobj.recv(1)
        return seconds

    def close(self):
        for pair in self.pairs:
            for end in pair:
                end.close()


def wait_cost(kind, n):
    names = [name for name in dir(selectors) if name.lower() == f"{kind}selector" and kind not in ("base", "default")]
    if not names:
        raise ValueError(f"there is no {kind} here")
    with getattr(selectors, names[0])() as selector:
        crowd = Crowd(selector, n)
        try:
            costs = []
            for number in range(120):
                crowd.speak(number)
                costs.append(crowd.measure())
        finally:
            crowd.close()
    return statistics.median(costs)
