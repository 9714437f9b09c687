"""Writes discord-examples.md and the pictures beside it, from real answers.

    python -m docs.make_discord_examples

The bot and the engine are the real ones, over the article in seeds/; Discord is the loopback of
the tests. Pictures are drawn with Chromium if it is installed; without it only the text is made.
"""

from __future__ import annotations

import asyncio
import html
import logging
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.discord_app.client import FootnoteBot
from bot.ledger import Ledger
from bot.service import AnswerService
from index import open_engine
from index.settings import Settings
from tests.fakes.discord import LoopbackDiscord, Message
from tests.fakes.discord.discord_py import pointed_at

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 720, 3180


class _Broken:
    """An engine in which something is wrong."""

    documents = ()

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("broken for the example")


class Example:
    """A message as shown, under a heading."""

    def __init__(self, title: str, said: str, message: Message) -> None:
        self.title = title
        self.said = said
        self.blocks = [piece for piece in _texts(message) if piece.strip()]
        self.buttons = [button.label or "" for button in message.buttons]
        self.private = message.is_ephemeral


def _texts(message: Message) -> list[str]:
    """The texts of a message, in reading order."""
    found = [message.content]

    def walk(components: Sequence[dict[str, Any]]) -> None:
        for component in components:
            if "content" in component:
                found.append(component["content"])
            if component.get("type") == 14:
                found.append("---")
            walk(component.get("components", ()))

    walk(message.components)
    return found


async def collect() -> list[Example]:
    with tempfile.TemporaryDirectory(prefix="footnote-docs-") as folder:
        settings = Settings(
            discord_cooldown_s=0,
            index_dir=Path(folder) / "index",
            ledger=Path(folder) / "ledger.sqlite3",
        )
        engine = open_engine(settings)
        service = AnswerService(engine, queue_size=50, timeout_s=30)
        ledger = Ledger(settings.ledger)
        await ledger.open()
        async with LoopbackDiscord() as server:
            with pointed_at(server):
                examples = await _talk(server, settings, service, ledger)
        service.close()
        await ledger.close()
        engine.close()
    return examples


async def _talk(
    server: LoopbackDiscord, settings: Settings, service: AnswerService, ledger: Ledger
) -> list[Example]:
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    async with FootnoteBot(settings, service, ledger, guild_ready_timeout=0.1) as bot:
        await bot.login(server.token)
        stay = asyncio.create_task(bot.connect())
        await bot.wait_until_settled()
        made: list[Example] = []

        async def ask(title: str, question: str) -> Message:
            asked = ann.mentions_bot(channel, question)
            answer = await server.until_replied(asked, timeout_s=30)
            made.append(Example(title, f"@Footnote {question}", answer))
            return answer

        answer = await ask("An answer", "Who will Witkoff meet?")
        opened = await ann.clicks(answer, "Source 1").response()
        made.append(Example("Its source, opened", "presses Source 1", opened))
        await ask("Not in the document", "How much does the trip cost?")
        await ask("A question that is too long", "why " * 300)
        made[-1].said = "@Footnote why why why why ... (1,200 characters)"
        broken: Any = _Broken()
        real = service.engine
        service.engine = broken
        await ask("An error", "Who is Kirill Dmitriev?")
        service.engine = real
        claim = ann.says(
            channel,
            "Trump announced a 90-day suspension of import duties on all countries except China.",
        )
        checked = await ann.context_menu("Check against the document", claim).response()
        made.append(Example("A message checked", "Apps, Check against the document", checked))
        for command in ("help", "sources", "status"):
            shown = await ann.slash(channel, command).response()
            made.append(Example(f"/{command}", f"/{command}", shown))
        stay.cancel()
        await asyncio.gather(stay, return_exceptions=True)
        await bot.stop_chores()
    return made


# As a page that GitHub and editors show -------------------------------------------------------


def as_markdown(examples: Sequence[Example], pictures: bool) -> str:
    lines = [
        "# What people see in Discord",
        "",
        "Made by `python -m docs.make_discord_examples` from real answers about the article in "
        "`seeds/`.",
    ]
    if pictures:
        lines += ["", "![Messages as Discord shows them](discord-examples.png)"]
    for example in examples:
        lines += ["", f"## {example.title}", "", f"Ann: {example.said}", "", "<table><tr><td>"]
        lines += ["<hr>" if block == "---" else _markup(block) for block in example.blocks]
        if example.buttons:
            lines += ["<p>", *(f"<kbd>{html.escape(label)}</kbd>" for label in example.buttons)]
            lines += ["</p>"]
        lines += ["</td></tr></table>"]
        if example.private:
            lines += ["", "Only Ann sees this."]
    return "\n".join(lines) + "\n"


# As pictures ---------------------------------------------------------------------------------

_STYLE = """
body{margin:0;background:#313338;color:#dbdee1;font:16px/1.375 "gg sans","Noto Sans",Helvetica,
Arial,sans-serif;padding:16px}
.ask{margin:18px 0 2px;color:#b5bac1}.name{color:#f2f3f5;font-weight:600}
.bot{margin:2px 0 0 0}.tag{background:#5865f2;color:#fff;border-radius:3px;font-size:10px;
padding:1px 4px;vertical-align:2px}
blockquote{margin:2px 0;padding:0 8px 0 12px;border-left:4px solid #4e5058}
small{color:#949ba4;font-size:13px}hr{border:0;border-top:1px solid #4e5058;margin:8px 0}
.box{border:1px solid #4e5058;border-radius:8px;background:#2b2d31;padding:12px 16px;margin:4px 0}
.b{display:inline-block;background:#4e5058;color:#fff;border-radius:3px;padding:5px 12px;
font-size:14px;margin:6px 6px 0 0}.b.s{background:#5865f2}h2{margin:4px 0;font-size:20px}
code{background:#1e1f22;padding:1px 4px;border-radius:3px;font-size:14px}
"""


def as_html(examples: Sequence[Example]) -> str:
    return f"<meta charset=utf-8><style>{_STYLE}</style>" + "".join(map(_example, examples))


def _example(example: Example) -> str:
    body = "".join("<hr>" if b == "---" else f"<div>{_markup(b)}</div>" for b in example.blocks)
    if "---" in example.blocks:
        body = f"<div class=box>{body}</div>"
    buttons = "".join(
        ("<br>" if label == "Follow-up" or label == _first_question(example.buttons) else "")
        + f"<span class='b {'s' if label[-1].isdigit() else ''}'>{_drawn(label)}</span>"
        for label in example.buttons
    )
    private = "<small>Only you can see this.</small>" if example.private else ""
    return (
        f"<div class=ask><span class=name>Ann</span> {html.escape(example.said)}</div>"
        f"<div class=bot><span class=name>Footnote</span> <span class=tag>APP</span>"
        f"{body}<div>{buttons}</div>{private}</div>"
    )


def _first_question(labels: Sequence[str]) -> str | None:
    """Questions to choose from, and what to do with an answer, have rows of their own."""
    return next((label for label in labels if label.endswith("?")), None)


def _drawn(label: str) -> str:
    """Without emoji: not every machine has a font for them."""
    return html.escape("".join(char for char in label if ord(char) < 0x10000).strip())


def _at(stamp: re.Match[str]) -> str:
    """A time as Discord shows it to somebody in London's winter."""
    return f"{datetime.fromtimestamp(int(stamp[1]), UTC):%d %B %Y %H:%M}"


def _markup(text: str) -> str:
    """The part of Discord's markup that we use, as HTML."""
    lines = []
    for line in text.split("\n"):
        escaped: list[str] = []

        def hide(found: re.Match[str], kept: list[str] = escaped) -> str:
            kept.append(html.escape(found[1]))
            return f"\x00{len(kept) - 1}\x00"

        shown = html.escape(re.sub(r"\\([^0-9A-Za-z\s])", hide, line), quote=False)
        shown = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", shown)
        shown = re.sub(r"\*(.+?)\*", r"<i>\1</i>", shown)
        shown = re.sub(r"`(.+?)`", r"<code>\1</code>", shown)
        shown = re.sub(r"&lt;t:(\d+):f&gt;", _at, shown)
        shown = re.sub(r"&lt;t:\d+:R&gt;", "a minute ago", shown)
        shown = re.sub(r"\x00(\d+)\x00", lambda found: escaped[int(found[1])], shown)  # noqa: B023
        if shown.startswith("&gt; "):
            shown = f"<blockquote>{shown[5:]}</blockquote>"
        elif shown.startswith("-# "):
            shown = f"<small>{shown[3:]}</small>"
        elif shown.startswith("## "):
            shown = f"<h2>{shown[3:]}</h2>"
        elif shown.startswith("- "):
            shown = f"&nbsp;• {shown[2:]}"
        lines.append(shown if "<blockquote>" in shown or "<h2>" in shown else shown + "<br>")
    return "".join(lines)


def draw(page: str, target: Path) -> bool:
    """Draw ``page`` with Chromium; False where there is none."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        return False
    with tempfile.TemporaryDirectory(prefix="footnote-docs-") as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--window-size={WIDTH},{HEIGHT}",
                f"--screenshot={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return True


def main() -> int:
    logging.disable()  # the example of an error is logged like any other
    examples = asyncio.run(collect())
    pictures = draw(as_html(examples), HERE / "discord-examples.png")
    text = as_markdown(examples, pictures)
    (HERE / "discord-examples.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
