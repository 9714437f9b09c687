"""Discord's error answers: a status, a code and, for bad forms, the fields that are wrong."""

from __future__ import annotations

from tests.fakes.discord.payload_types import JsonObject


class DiscordError(Exception):
    """Raised by a route; becomes ``{"message", "code", "errors"}``."""

    def __init__(
        self, status: int, code: int, message: str, errors: JsonObject | None = None
    ) -> None:
        super().__init__(status, code, message)
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    @property
    def body(self) -> JsonObject:
        body: JsonObject = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


class FormErrors:
    """Collects what is wrong with a form, by path, and raises 50035 with all of it."""

    def __init__(self) -> None:
        self._tree: JsonObject = {}

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        node = self._tree
        for part in path:
            node = node.setdefault(str(part), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def raise_if_any(self) -> None:
        if self._tree:
            raise DiscordError(400, 50035, "Invalid Form Body", self._tree)


def bad_form(path: tuple[str | int, ...], code: str, message: str) -> DiscordError:
    """50035 with a single field in it."""
    tree: JsonObject = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(path):
        tree = {str(part): tree}
    return DiscordError(400, 50035, "Invalid Form Body", tree)


def unauthorized() -> DiscordError:
    return DiscordError(401, 0, "401: Unauthorized")


def unknown_channel() -> DiscordError:
    return DiscordError(404, 10003, "Unknown Channel")


def unknown_guild() -> DiscordError:
    return DiscordError(404, 10004, "Unknown Guild")


def unknown_member() -> DiscordError:
    return DiscordError(404, 10007, "Unknown Member")


def unknown_message() -> DiscordError:
    return DiscordError(404, 10008, "Unknown Message")


def unknown_user() -> DiscordError:
    return DiscordError(404, 10013, "Unknown User")


def unknown_webhook() -> DiscordError:
    return DiscordError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> DiscordError:
    return DiscordError(404, 10062, "Unknown interaction")


def unknown_command() -> DiscordError:
    return DiscordError(404, 10063, "Unknown application command")


def too_many_commands_created() -> DiscordError:
    return DiscordError(
        400, 30034, "Max number of daily application command creates has been reached (200)"
    )


def already_acknowledged() -> DiscordError:
    return DiscordError(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> DiscordError:
    return DiscordError(403, 50001, "Missing Access")


def not_your_message() -> DiscordError:
    return DiscordError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> DiscordError:
    return DiscordError(400, 50006, "Cannot send an empty message")


def cannot_message_user() -> DiscordError:
    return DiscordError(403, 50007, "Cannot send messages to this user")


def not_a_text_channel() -> DiscordError:
    return DiscordError(400, 50008, "Cannot send messages in a non-text channel")


def missing_permissions() -> DiscordError:
    return DiscordError(403, 50013, "Missing Permissions")


def invalid_webhook_token() -> DiscordError:
    return DiscordError(401, 50027, "Invalid Webhook Token")


def upload_too_large() -> DiscordError:
    return DiscordError(413, 40005, "Request entity too large")


def archived_thread() -> DiscordError:
    return DiscordError(400, 50083, "Thread is archived")


def bad_json() -> DiscordError:
    return DiscordError(400, 50109, "The request body contains invalid JSON.")


def reply_needs_history() -> DiscordError:
    return DiscordError(400, 160002, "Cannot reply without permission to read message history")


def thread_exists() -> DiscordError:
    return DiscordError(400, 160004, "A thread has already been created for this message")
