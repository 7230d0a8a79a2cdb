"""The engine behind make: it judges katas and holds none.

The packages stand on one another in this order, and import only downward
(tests/proof/test_layers.py checks it):

    core      where katas lie, what the screen shows, what is asked of processes
    tape      what a test asked of the kernel, call by call, and how it is drawn
    sandbox   one test in a process of its own, and its verdict
    suite     what the suites import: fixtures, peers, waits, observers
    report    what a person reads of a verdict
    judge     many tests: the pytest plugin, the pool, processes that judge for others
    learner   the commands of somebody who solves katas
    watch     `make watch`
    team      commands for many sides at once: judging a course, a copy to hand out, a dojo's board
    upkeep    the commands of somebody who keeps the repository

To read it in an hour: __main__ (every command), core/places, sandbox/supervisor and
sandbox/child (a test's life), tape/recorder, judge/plugin, learner/test.
"""
