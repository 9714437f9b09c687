"""The state machine of a client's answers to interactions."""

from __future__ import annotations

import asyncio
import secrets

from tests.fakes.discord import composing, limits, message_payloads, payloads
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.errors import (
    DiscordError,
    already_acknowledged,
    bad_form,
    invalid_webhook_token,
    unknown_channel,
    unknown_interaction,
    unknown_message,
    unknown_webhook,
)
from tests.fakes.discord.interaction import Callback, Interaction, Kind
from tests.fakes.discord.messages import Message
from tests.fakes.discord.modals import Modal
from tests.fakes.discord.payload_types import Body, JsonObject, MessageFlag, MessageKind, Reply
from tests.fakes.discord.people import User
from tests.fakes.discord.rules import Rules
from tests.fakes.discord.world import World

_MESSAGES = frozenset({Callback.MESSAGE, Callback.DEFERRED_MESSAGE})
_UPDATES = frozenset({Callback.UPDATE, Callback.DEFERRED_UPDATE})
_PERMITTED = {
    Kind.COMMAND: _MESSAGES | {Callback.MODAL},
    Kind.COMPONENT: _MESSAGES | _UPDATES | {Callback.MODAL},
    Kind.AUTOCOMPLETE: frozenset({Callback.CHOICES}),
    Kind.MODAL: _MESSAGES,
}


class Interactions:
    """The answers that the client may give, by Discord's rules."""

    def __init__(self, world: World, rules: Rules) -> None:
        self._world = world
        self._rules = rules
        self._by_token: dict[str, Interaction] = {}

    @property
    def all(self) -> list[Interaction]:
        return list(self._by_token.values())

    def open(
        self,
        kind: Kind,
        user: User,
        channel: Channel,
        data: JsonObject,
        *,
        source: Message | None = None,
        is_user_install_only: bool = False,
    ) -> Interaction:
        interaction = Interaction(
            self._world.ids.next(),
            secrets.token_urlsafe(48),
            kind,
            user,
            channel,
            self._world.clock.now(),
            data,
            source=source,
            is_user_install_only=is_user_install_only,
        )
        interaction.metadata = self._metadata(interaction)
        self._by_token[interaction.token] = interaction
        return interaction

    def _metadata(self, interaction: Interaction) -> JsonObject:
        body: JsonObject = {
            "id": str(interaction.id),
            "type": int(interaction.kind),
            "user": payloads.user_json(interaction.user),
            "authorizing_integration_owners": self.owners(interaction),
        }
        source = interaction.source
        if interaction.kind is Kind.COMPONENT and source is not None:
            body["interacted_message_id"] = str(source.id)
        elif interaction.kind is Kind.MODAL:
            # Which interaction had shown the modal matters to nobody here.
            started: JsonObject = {**body, "type": int(Kind.COMMAND)}
            body["triggering_interaction_metadata"] = started
        elif interaction.data.get("type") == 3:
            body["target_message_id"] = str(interaction.data["target_id"])
        return body

    def owners(self, interaction: Interaction) -> dict[str, str]:
        """Who installed the application: a server (or the bot's DM), or the user."""
        if interaction.is_user_install_only:
            return {"1": str(interaction.user.id)}
        guild = interaction.channel.guild
        return {"0": str(guild.id) if guild else "0"}

    def has_failed(self, interaction: Interaction) -> bool:
        """Whether the user reads "The application did not respond"."""
        return not interaction.is_acknowledged and self._is_late(interaction)

    def _age_s(self, interaction: Interaction) -> float:
        return self._world.clock.now() - interaction.created_s

    def _is_late(self, interaction: Interaction) -> bool:
        return self._age_s(interaction) > self._rules.first_response_s

    # The first response ------------------------------------------------------------------

    def respond(self, interaction_id: int, token: str, body: Body) -> Reply:
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id or interaction.is_expired:
            raise unknown_interaction()
        if interaction.is_acknowledged:
            raise already_acknowledged()
        if self._is_late(interaction):
            raise unknown_interaction()
        form = body.json or {}
        callback = self._permitted(interaction, form.get("type"))
        data = Body(form.get("data") or {}, body.files)
        self._apply(interaction, callback, data)
        interaction.callback = callback
        interaction.acknowledged_after_s = asyncio.get_running_loop().time() - interaction.started_s
        interaction.answered()
        return Reply(200, self._callback_json(interaction))

    def _permitted(self, interaction: Interaction, number: object) -> Callback:
        permitted = _PERMITTED[interaction.kind]
        if interaction.kind is Kind.MODAL and interaction.source is not None:
            permitted = permitted | _UPDATES
        if number not in permitted:
            raise bad_form(
                ("type",),
                "INTERACTION_CALLBACK_INVALID_TYPE",
                f"Callback type {number!r} cannot answer this interaction.",
            )
        return Callback(int(str(number)))

    def _apply(self, interaction: Interaction, callback: Callback, body: Body) -> None:
        if callback is Callback.MODAL:
            limits.check_modal(body.json)
            interaction.modal = Modal.read(body.json)
        elif callback is Callback.CHOICES:
            choices = body.json.get("choices") or []
            limits.check_choices(choices)
            interaction.choices = choices
        elif callback is Callback.UPDATE:
            self._edit(interaction, _source(interaction), body)
            interaction.is_updated = True
        elif callback in _MESSAGES:
            is_deferred = callback is Callback.DEFERRED_MESSAGE
            flags = MessageFlag(body.json.get("flags") or 0)
            if is_deferred and MessageFlag.COMPONENTS_V2 in flags:
                raise bad_form(
                    ("data", "flags"),
                    "MESSAGE_FLAGS_INVALID",
                    "A deferred response cannot carry the components-v2 flag.",
                )
            interaction.original = self._post(interaction, body, is_deferred=is_deferred)

    def _callback_json(self, interaction: Interaction) -> JsonObject:
        shown: JsonObject = {"id": str(interaction.id), "type": int(interaction.kind)}
        shown["channel_id"] = str(interaction.channel.id)
        answer: JsonObject = {"interaction": shown}
        message = interaction.original
        if interaction.callback in _UPDATES:
            message = interaction.source
        if message is not None:
            shown |= {
                "response_message_id": str(message.id),
                "response_message_loading": message.is_loading,
                "response_message_ephemeral": message.is_ephemeral,
            }
            if interaction.callback in (Callback.MESSAGE, Callback.UPDATE):
                answer["resource"] = {
                    "type": int(interaction.callback),
                    "message": message_payloads.message_json(message),
                }
        return answer

    # What follows on the interaction's webhook -------------------------------------------

    def follow_up(self, token: str, body: Body) -> Reply:
        interaction = self._usable(token)
        original = interaction.original
        if original is not None and original.is_loading and not original.is_deleted:
            # The first follow-up of a deferred answer fills it; its own flags do not count.
            self._edit(interaction, original, body)
            return Reply(200, message_payloads.message_json(original))
        if (
            interaction.is_user_install_only
            and len(interaction.followups) >= self._rules.user_install_followups
        ):
            raise DiscordError(
                400, 40094, "This interaction has reached the maximum number of follow-up messages"
            )
        message = self._post(interaction, body)
        interaction.followups.append(message)
        interaction.answered()
        return Reply(200, message_payloads.message_json(message))

    def get(self, token: str, message_id: int | None) -> Reply:
        message = self._message(self._usable(token), message_id)
        return Reply(200, message_payloads.message_json(message))

    def edit(self, token: str, message_id: int | None, body: Body) -> Reply:
        interaction = self._usable(token)
        message = self._message(interaction, message_id)
        self._edit(interaction, message, body)
        return Reply(200, message_payloads.message_json(message))

    def delete(self, token: str, message_id: int | None) -> Reply:
        interaction = self._usable(token)
        self._world.delete_message(self._message(interaction, message_id))
        interaction.changed()
        return Reply(204)

    def _usable(self, token: str) -> Interaction:
        interaction = self._by_token.get(token)
        if interaction is None:
            raise unknown_webhook()
        if interaction.is_expired or self._age_s(interaction) > self._rules.token_life_s:
            raise invalid_webhook_token()
        if not interaction.is_acknowledged:
            raise unknown_webhook()
        return interaction

    def _message(self, interaction: Interaction, message_id: int | None) -> Message:
        """The original response for None, otherwise any message of this interaction."""
        original = interaction.original
        if interaction.callback in _UPDATES:
            original = interaction.source
        candidates = [m for m in (original, *interaction.followups) if m is not None]
        for message in candidates:
            if message_id in (None, message.id) and not message.is_deleted:
                return message
            if message_id is None:
                break
        raise unknown_message()

    def _post(self, interaction: Interaction, body: Body, *, is_deferred: bool = False) -> Message:
        if interaction.channel.id not in self._world.channels:
            raise unknown_channel()
        flags = MessageFlag((body.json or {}).get("flags") or 0)
        message = composing.compose(
            self._world,
            interaction.channel,
            self._world.bot,
            body,
            upload_bytes=self._rules.upload_bytes,
            kind=_message_kind(interaction),
            reference=interaction.source if interaction.kind is Kind.COMPONENT else None,
            seen_only_by=interaction.user if MessageFlag.EPHEMERAL in flags else None,
            is_deferred=is_deferred,
        )
        message.webhook_id = message.application_id = self._world.application_id
        message.interaction = interaction.metadata
        self._world.post(message)
        return message

    def _edit(self, interaction: Interaction, message: Message, body: Body) -> None:
        composing.edit(self._world, message, body, upload_bytes=self._rules.upload_bytes)
        if message is interaction.source:
            interaction.is_updated = True
        self._world.message_changed(message)
        interaction.answered()


def _source(interaction: Interaction) -> Message:
    assert interaction.source is not None
    return interaction.source


def _message_kind(interaction: Interaction) -> MessageKind:
    if interaction.kind is not Kind.COMMAND:
        return MessageKind.REPLY if interaction.source else MessageKind.DEFAULT
    is_slash = interaction.data.get("type", 1) == 1
    return MessageKind.CHAT_INPUT_COMMAND if is_slash else MessageKind.CONTEXT_MENU_COMMAND
