"""Many tests: the pytest plugin, the pool of workers, and processes that judge for somebody who must not fork.

It imports core, tape, sandbox, suite (whose fixtures the plugin registers) and report.
"""
