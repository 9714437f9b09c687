"""Whom a text addresses, and whom it would really ping under given ``allowed_mentions``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.fakes.discord.payload_types import JsonObject

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&(\d{1,20})>")
_EVERYONE = re.compile(r"@(?:everyone|here)")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Ids of users and roles, and whether @everyone or @here is among them. Falsy if nobody is."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)

    def __or__(self, other: Mentions) -> Mentions:
        return Mentions(
            self.users | other.users, self.roles | other.roles, self.everyone or other.everyone
        )


NOBODY = Mentions()


def addressed_by(text: str) -> Mentions:
    """Everything in ``text`` that has the form of a mention.

    Deliberately blind to code spans and backslashes: a client that relies on those to keep a
    mention quiet relies on a Markdown parser it has not seen.
    """
    return Mentions(
        frozenset(int(found) for found in _USER.findall(text)),
        frozenset(int(found) for found in _ROLE.findall(text)),
        _EVERYONE.search(text) is not None,
    )


def pinged_by(
    addressed: Mentions,
    allowed: JsonObject | None,
    *,
    replied_to: int | None,
    mentionable_roles: frozenset[int],
    may_mention_everyone: bool,
) -> Mentions:
    """What remains of ``addressed`` after ``allowed_mentions`` and permissions.

    Without ``allowed_mentions`` Discord lets everything through and pings the author replied to;
    with it, only what it names, and the author only if ``replied_user`` is true.
    """
    if allowed is None:
        users, roles, everyone = addressed.users, addressed.roles, addressed.everyone
        ping_author = True
    else:
        parse = set(allowed.get("parse") or ())
        named_users = {int(each) for each in allowed.get("users") or ()}
        named_roles = {int(each) for each in allowed.get("roles") or ()}
        users = addressed.users if "users" in parse else addressed.users & named_users
        roles = addressed.roles if "roles" in parse else addressed.roles & named_roles
        everyone = addressed.everyone and "everyone" in parse
        ping_author = bool(allowed.get("replied_user"))
    if replied_to is not None and ping_author:
        users = users | {replied_to}
    if not may_mention_everyone:
        roles, everyone = roles & mentionable_roles, False
    return Mentions(users, roles, everyone)
