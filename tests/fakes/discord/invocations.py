"""What Discord's client makes of a user's command: looked up, checked and filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.fakes.discord import message_payloads, payloads
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.commands import CHAT_INPUT, SUBCOMMAND, SUBCOMMAND_GROUP, Commands
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.interaction_events import IN_GUILD, context_of
from tests.fakes.discord.messages import Message
from tests.fakes.discord.payload_types import JsonObject, Upload
from tests.fakes.discord.people import Role, User
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.world import World

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)
#: What an option of each type takes.
_TAKES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    NUMBER: (int, float),
    ATTACHMENT: (Upload,),
}


class NotOffered(LookupError):
    """Discord's client would not let this user send this command here."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """``path`` is the command's name with the names of groups and subcommands behind it."""

    world: World
    commands: Commands
    user: User
    channel: Channel
    #: Whether only the user has installed the application, not this server.
    by_user_install: bool = False

    def slash(
        self, path: str, options: dict[str, Any], *, focused: str | None = None
    ) -> JsonObject:
        """The ``data`` of the interaction. ``focused``: the option being typed into."""
        name, *rest = path.split()
        command = self.offered(name, CHAT_INPUT)
        data = self._header(command)
        at, node = data, command
        for part in rest:
            node = self._option(node, part, path)
            inner: JsonObject = {"type": node["type"], "name": node["name"], "options": []}
            at["options"] = [inner]
            at = inner
        if any(o["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for o in node.get("options") or ()):
            there = [option["name"] for option in node["options"]]
            raise NotOffered(f"/{path} needs a subcommand: {there}")
        resolved: JsonObject = {}
        at["options"] = self._filled(node, path, options, focused, resolved)
        if resolved:
            data["resolved"] = resolved
        return data

    def context_menu(self, name: str, kind: int, target: Message | User) -> JsonObject:
        command = self.offered(name, kind)
        data = self._header(command)
        data["target_id"] = str(target.id)
        if isinstance(target, Message):
            data["resolved"] = {"messages": {str(target.id): message_payloads.message_json(target)}}
        else:
            data["resolved"] = self._resolved_user(target)
        return data

    def offered(self, name: str, kind: int) -> JsonObject:
        """The command, if Discord would show it to this user in this channel."""
        guild = self.channel.guild
        command = self.commands.find(name, kind, guild.id if guild else None)
        if command is None:
            there = sorted(each["name"] for each in self.commands.all())
            raise NotOffered(f"no command {name!r} is registered; global ones: {there}")
        contexts = command.get("contexts")
        if contexts is None and command.get("dm_permission") is False:
            contexts = [IN_GUILD]  # The older way to say so, which discord.py still uses.
        context = context_of(self.channel)
        if contexts is not None and context not in contexts:
            raise NotOffered(f"{name!r} is offered in contexts {contexts}, not in {context}")
        installs = command.get("integration_types")
        install = 1 if self.by_user_install else 0
        if installs is not None and install not in installs:
            raise NotOffered(f"{name!r} is not offered to installation {install}")
        needed = command["default_member_permissions"]
        if guild is not None and needed is not None:
            held = self.channel.permissions_of(self.user)
            if Permission.ADMINISTRATOR not in held and int(needed) & ~int(held):
                raise NotOffered(f"{self.user} lacks the permissions that {name!r} asks for")
        if guild is not None:
            needed_here = Permission.USE_APPLICATION_COMMANDS
            if needed_here not in self.channel.permissions_of(self.user):
                raise NotOffered(f"{self.user} may not use application commands here")
        return command

    def _header(self, command: JsonObject) -> JsonObject:
        data: JsonObject = {
            "id": command["id"],
            "name": command["name"],
            "type": command["type"],
        }
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        return data

    def _option(self, node: JsonObject, name: str, path: str) -> JsonObject:
        for option in node.get("options") or ():
            if option["name"] == name:
                found: JsonObject = option
                return found
        there = [option["name"] for option in node.get("options") or ()]
        raise NotOffered(f"/{path} has no {name!r}; it has {there}")

    def _filled(
        self,
        node: JsonObject,
        path: str,
        given: dict[str, Any],
        focused: str | None,
        resolved: JsonObject,
    ) -> list[JsonObject]:
        for name in given:
            self._option(node, name, path)
        filled = []
        for option in node.get("options") or ():
            name = option["name"]
            if name not in given:
                if option.get("required") and focused is None:
                    raise NotOffered(f"/{path} needs {name!r}")
                continue
            entry: JsonObject = {"type": option["type"], "name": name}
            if name == focused:
                if not option.get("autocomplete"):
                    raise NotOffered(f"{name!r} of /{path} has no autocomplete")
                entry |= {"value": given[name], "focused": True}
            else:
                entry["value"] = self._value(option, given[name], resolved)
            filled.append(entry)
        return filled

    def _value(self, option: JsonObject, value: Any, resolved: JsonObject) -> Any:
        name, kind = option["name"], option["type"]
        is_wrong = not isinstance(value, _TAKES[kind])
        if is_wrong or (isinstance(value, bool) and kind != BOOLEAN):
            raise NotOffered(f"{name!r} does not take {value!r}")
        if choices := option.get("choices"):
            by_name = {choice["name"]: choice["value"] for choice in choices}
            if value not in by_name.values() and value not in by_name:
                raise NotOffered(f"{name!r} offers {sorted(by_name)}, not {value!r}")
            return by_name.get(value, value)
        if isinstance(value, str):
            shortest, longest = option.get("min_length") or 0, option.get("max_length") or 6000
            if not shortest <= len(value) <= longest:
                raise NotOffered(f"{name!r} takes {shortest} to {longest} characters")
            return value
        if isinstance(value, Upload):
            attachment = self.world.store(self.channel, value, is_ephemeral=True)
            body = message_payloads.attachment_json(attachment)
            resolved.setdefault("attachments", {})[body["id"]] = body
            return body["id"]
        if isinstance(value, User | Role | Channel):
            self._resolve(value, resolved)
            return str(value.id)
        least, most = option.get("min_value"), option.get("max_value")
        if (least is not None and value < least) or (most is not None and value > most):
            raise NotOffered(f"{name!r} takes {least} to {most}, not {value}")
        return value

    def _resolve(self, value: User | Role | Channel, resolved: JsonObject) -> None:
        key = str(value.id)
        if isinstance(value, Role):
            resolved.setdefault("roles", {})[key] = payloads.role_json(value)
        elif isinstance(value, Channel):
            permissions = str(int(value.permissions_of(self.user)))
            body = {**payloads.channel_json(value), "permissions": permissions}
            resolved.setdefault("channels", {})[key] = body
        else:
            for section, entries in self._resolved_user(value).items():
                resolved.setdefault(section, {}).update(entries)

    def _resolved_user(self, user: User) -> JsonObject:
        resolved: JsonObject = {"users": {str(user.id): payloads.user_json(user)}}
        guild: Guild | None = self.channel.guild
        if guild is not None and user.id in guild.members:
            permissions = str(int(guild.permissions_of(user)))
            member = payloads.member_json(guild.members[user.id], with_user=False)
            resolved["members"] = {str(user.id): {**member, "permissions": permissions}}
        return resolved
