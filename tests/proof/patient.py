"""Give every test that is judged a minute: a pytest plugin, and for `make test` an import before it.

Who looks at what goes on while tests are under way must have seen it before they are over.
"""

from dojo.sandbox import supervisor

supervisor.DEADLINE = 60.0
