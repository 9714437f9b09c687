"""The commands of a conversation: ``/source 1``, ``/why`` and so on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from bot.terminal.chat.fact_commands import FACT_COMMANDS, runner
from bot.terminal.documents_view import document_page, documents_page, find_document
from bot.terminal.exits import UsageError
from bot.terminal.page import Page, faint, item, line, stack, strong, title
from bot.terminal.rendering import NEAREST_SHOWN
from bot.terminal.source_view import Place, cited, retrieved, source_page
from bot.terminal.why_view import why_page
from index.types import Answer, Status

if TYPE_CHECKING:
    from bot.terminal.chat.session import Session

#: What people type to leave or to be helped, without the slash.
_BARE = {"quit": "/quit", "exit": "/quit", ":q": "/quit", "help": "/help", "?": "/help"}
_SLASHED = {"/exit": "/quit", "/q": "/quit", "/h": "/help", "/?": "/help"}


class Command(NamedTuple):
    """``run`` gets the session and the text after the name; False from it means: leave."""

    name: str
    argument: str
    help: str
    run: Callable[[Session, str], bool]


def find(text: str) -> Callable[[Session], bool] | None:
    """What to do for ``text``; None if it is a question. Raises UsageError for an unknown
    command."""
    text = _BARE.get(text.lower(), text)
    if not text.startswith("/"):
        return None
    name, _, argument = text.partition(" ")
    name = _SLASHED.get(name.lower(), name.lower())
    command = next((known for known in COMMANDS if known.name == name), None)
    if command is None:
        raise _unknown(name)
    return partial(_run, command, argument.strip())


def places(answer: Answer | None) -> tuple[int, ...]:
    """The numbers that ``/source`` opens."""
    if answer is None:
        return ()
    if answer.citations:
        return tuple(citation.number for citation in answer.citations)
    shown = answer.nearest[:NEAREST_SHOWN] if answer.status is Status.NOT_FOUND else ()
    return tuple(range(1, len(shown) + 1))


def _run(command: Command, argument: str, session: Session) -> bool:
    return command.run(session, argument)


def _unknown(name: str) -> UsageError:
    match = process.extractOne(
        name, [command.name for command in COMMANDS], scorer=fuzz.ratio, score_cutoff=50
    )
    cure = f"Did you mean {match[0]}?" if match else "/help lists the commands."
    return UsageError(f"There is no command {name}.", cure=cure)


def _source(session: Session, argument: str) -> bool:
    numbers = places(session.last)
    if session.last is None or not numbers:
        raise UsageError("There is no source to open yet.", cure="Ask a question first.")
    given = argument.strip("[]#. ")
    if not given and len(numbers) == 1:
        given = str(numbers[0])
    if not given.isdecimal() or int(given) not in numbers:
        known = ", ".join(map(str, numbers))
        raise UsageError(
            f"There is no source {given}." if given else "Which source?",
            cure=f"The last answer has {known}: /source {numbers[0]}",
        )
    place = _place(session, session.last, int(given))
    session.show(source_page(place, session.engine.document(place.document_id)))
    return True


def _place(session: Session, answer: Answer, number: int) -> Place:
    for citation in answer.citations:
        if citation.number == number:
            return cited(citation)
    hit = answer.nearest[number - 1]
    document = session.engine.document(hit.passage.document_id)
    return retrieved(number, hit, document.title if document else hit.passage.document_id)


def _sources(session: Session, argument: str) -> bool:
    documents, passages = session.engine.documents, session.engine.passage_counts
    if argument:
        document = find_document(documents, argument)
        session.show(document_page(document, passages[document.id]))
    else:
        session.show(documents_page(documents, passages))
    return True


def _why(session: Session, _: str) -> bool:
    if session.last is None:
        raise UsageError("There is no answer to explain yet.", cure="Ask a question first.")
    session.show(why_page(session.last, threshold=session.engine.threshold))
    return True


def _check(session: Session, argument: str) -> bool:
    if not argument:
        raise UsageError("Which claim?", cure="Say: /check Witkoff will meet Macron.")
    session.engine.refresh()
    session.reveal(session.engine.check_text(argument))
    return True


def _new(session: Session, _: str) -> bool:
    session.forget()
    session.show((line(faint("A new conversation. What was said before is forgotten.")),))
    return True


def _help(session: Session, _: str) -> bool:
    session.show(help_page())
    return True


def _quit(_: Session, __: str) -> bool:
    return False


def help_page() -> Page:
    """Every command with one line of meaning."""
    usages = [f"{command.name} {command.argument}".strip() for command in COMMANDS]
    width = max(map(len, usages)) + 2
    rows = [
        item(strong(f"  {usage.ljust(width)}"), command.help)
        for usage, command in zip(usages, COMMANDS, strict=True)
    ]
    return stack(
        (line(title("Type a question"), " and press Enter. Commands:"), *rows),
        (line(faint("Ctrl-C clears the line, Ctrl-D leaves, ↑ finds earlier questions.")),),
    )


#: In the order of ``/help``.
COMMANDS = (
    Command("/source", "N", "open quote N where it stands", _source),
    Command("/sources", "[name]", "list the documents, or show one", _sources),
    Command("/why", "", "how the last answer was found", _why),
    Command("/check", "CLAIM", "whether the documents bear a claim out", _check),
    *(Command(c.name, c.argument, c.help, runner(c.topic)) for c in FACT_COMMANDS),
    Command("/new", "", "begin a new conversation", _new),
    Command("/help", "", "show this", _help),
    Command("/quit", "", "leave", _quit),
)
