"""What `make board` is asked for, in the environment: read once, and refused in one line."""

from __future__ import annotations

import ipaddress
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from dojo.core.columns import columns
from dojo.core.places import BadInput, choose
from dojo.learner.telling import NAME_COLUMNS, is_name
from dojo.team.board_state import Plan, Team

TEAMS_AT_MOST, MEMBERS_AT_MOST, KATAS_AT_MOST = 40, 12, 24
MINUTES, TURN, PORT = 90, 7, 6969
LONGEST_DAY = 24 * 60  # minutes
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none of them is taken for another one
CODE_LETTERS = 8
CODE = re.compile(r"[!-~]{6,40}")
LOOPBACK = "127.0.0.1"
FEW_TEAMS = 'TEAMS="red:R1,R2 blue:B1,B2" names the teams, and who takes turns in each'


@dataclass(frozen=True)
class Asked:
    """The settings; what is None was not said, and is then as it was in the session that goes on."""

    katas: tuple[tuple[str, str], ...] | None
    teams: tuple[Team, ...] | None
    minutes: int | None
    turn: int | None
    host: str | None
    port: int | None
    code: str | None

    def plan(self, before: Plan | None) -> Plan:
        """The plan, which goes on from the one `before`. Raises BadInput if that is not all there has to be."""
        katas, teams = self.katas or (before and before.katas), self.teams or (before and before.teams)
        if not katas and not teams:
            raise BadInput(f'make board takes katas and teams: K="1.4 2.2" and {FEW_TEAMS}')
        if not katas:
            raise BadInput('make board takes the katas of this session: K="1.4 2.2", or the name of a route')
        if not teams:
            raise BadInput(f"make board takes the teams of this session: {FEW_TEAMS}")
        minutes, turn = (before.minutes, before.turn) if before else (MINUTES, TURN)
        return Plan(katas, teams, self.minutes or minutes, self.turn or turn)


def asked(wanted: str, said: Mapping[str, str]) -> Asked:
    """What K=, TEAMS=, MINUTES=, TURN=, HOST=, PORT= and CODE= ask for. Raises BadInput."""
    teams, code = said.get("TEAMS", "").strip(), said.get("CODE", "")
    katas = choose(wanted) if wanted else []
    if len(katas) > KATAS_AT_MOST:
        raise BadInput(f"K={wanted} names {len(katas)} katas: the board shows {KATAS_AT_MOST} at most")
    if code and not CODE.fullmatch(code):
        raise BadInput("CODE= takes 6 to 40 letters, digits and signs of ASCII; without it the board makes one")
    return Asked(
        tuple((kata.id, kata.path) for kata in katas) or None,
        _teams(teams) if teams else None,
        _number("MINUTES", said.get("MINUTES", "")),
        _number("TURN", said.get("TURN", "")),
        _host(said.get("HOST", "")),
        _port(said.get("PORT", "")),
        code or None,
    )


def new_code() -> str:
    """A code that people can read out and nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))


def _number(name: str, value: str) -> int | None:
    if not value:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", value):
        raise BadInput(f"{name}={value} is not a number of minutes")
    number = int(value)
    if not 1 <= number <= LONGEST_DAY:
        raise BadInput(f"{name}={value}: it takes 1 to {LONGEST_DAY} minutes")
    return number


def _teams(words: str) -> tuple[Team, ...]:
    teams: dict[str, Team] = {}
    for word in words.split():
        team = _team(word)
        same = teams.setdefault(unicodedata.normalize("NFKC", team.name).casefold(), team)
        if same is not team:
            raise BadInput(f"TEAMS= holds two teams of one name: {same.name} and {team.name}")
    if len(teams) > TEAMS_AT_MOST:
        raise BadInput(f"TEAMS= holds {len(teams)} teams: the board shows {TEAMS_AT_MOST} at most")
    return tuple(teams.values())


def _team(word: str) -> Team:
    name, has_members, listed = word.partition(":")
    if not name:
        raise BadInput(f"TEAMS={word}: a team has no name; {FEW_TEAMS}")
    if not is_name(name) or columns(name) > NAME_COLUMNS:
        raise BadInput(
            f"a team cannot be called {name[:40]!a}: "
            f"a name has up to {NAME_COLUMNS} letters, digits, - and _, and begins with a letter or a digit"
        )
    members = tuple(listed.split(",")) if has_members else ()
    bad = next((one for one in members if not one or not one.isprintable() or columns(one) > NAME_COLUMNS), None)
    if bad is not None:
        raise BadInput(f"TEAMS=: nobody in the team {name} can be called {bad[:40]!a}; {FEW_TEAMS}")
    if len(members) > MEMBERS_AT_MOST or len(set(members)) < len(members):
        raise BadInput(f"TEAMS=: the team {name} has more than {MEMBERS_AT_MOST} members, or two of one name")
    return Team(name, members)


def _host(value: str) -> str | None:
    try:
        return str(ipaddress.ip_address(value)) if value else None
    except ValueError:
        raise BadInput(f"HOST={value} is not an address of this machine: write HOST=0.0.0.0 for all of them") from None


def _port(value: str) -> int | None:
    if not re.fullmatch(r"[0-9]{0,5}", value) or int(value or PORT) > 65535:
        raise BadInput(f"PORT={value} is not a port: 0 to 65535")
    return int(value) if value else None
