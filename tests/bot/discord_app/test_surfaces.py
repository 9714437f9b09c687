from __future__ import annotations

from tests.bot.discord_app.conftest import StartBot
from tests.fakes.discord import LoopbackDiscord


async def test_mention(loopback_discord: LoopbackDiscord, start_bot: StartBot) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    async with start_bot():
        asked = ann.mentions_bot(channel, "Who will Witkoff meet?")
        answer = await server.until_replied(asked)
        print(answer.content, [b.label for b in answer.buttons])
        assert "Macron" in answer.text and not answer.pings
        clicked = ann.clicks(answer, "Source 1")
        opened = await clicked.response()
        print(opened.text)
        asked = ann.says(ann.dm, "Who is Kirill Dmitriev?")
        answer = await server.until_replied(asked)
        print(answer.content)
        i = ann.slash(channel, "ask", question="What is the capital of Peru?")
        m = await i.response()
        print(m.content)
        i = ann.slash(channel, "status")
        print((await i.response()).text)
