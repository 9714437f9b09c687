"""Names and descriptions of commands in other languages.

Discord shows them to users of that language; everything that is not listed stays English. To add
a language, add a table; to add a word, add it to each table.
"""

from __future__ import annotations

import discord
from discord import app_commands

_GERMAN = {
    "ask": "fragen",
    "Ask a question about the documents.": "Stelle eine Frage zu den Dokumenten.",
    "question": "frage",
    "What you want to know.": "Was du wissen möchtest.",
    "document": "dokument",
    "Look in this document only.": "Nur in diesem Dokument suchen.",
    "private": "privat",
    "Show the answer to you alone.": "Die Antwort nur dir zeigen.",
    "help": "hilfe",
    "What I can do, and how to ask.": "Was ich kann, und wie man fragt.",
    "sources": "quellen",
    "The documents I answer from.": "Die Dokumente, aus denen ich antworte.",
    "How I am doing.": "Wie es mir geht.",
    "privacy": "datenschutz",
    "What I keep, and for how long.": "Was ich aufbewahre, und wie lange.",
    "forget-me": "vergiss-mich",
    "Delete what I keep about you.": "Lösche, was ich über dich aufbewahre.",
    "Ask the document": "Das Dokument fragen",
    "Check against the document": "Mit dem Dokument vergleichen",
}
_FRENCH = {
    "ask": "demander",
    "Ask a question about the documents.": "Posez une question sur les documents.",
    "question": "question",
    "What you want to know.": "Ce que vous voulez savoir.",
    "document": "document",
    "Look in this document only.": "Chercher dans ce document seulement.",
    "private": "privé",
    "Show the answer to you alone.": "Montrer la réponse à vous seul.",
    "help": "aide",
    "What I can do, and how to ask.": "Ce que je sais faire, et comment demander.",
    "sources": "sources",
    "The documents I answer from.": "Les documents dont je tire mes réponses.",
    "How I am doing.": "Comment je me porte.",
    "privacy": "confidentialité",
    "What I keep, and for how long.": "Ce que je conserve, et combien de temps.",
    "forget-me": "oublie-moi",
    "Delete what I keep about you.": "Supprimer ce que je conserve sur vous.",
    "Ask the document": "Interroger le document",
    "Check against the document": "Comparer avec le document",
}
TABLES: dict[discord.Locale, dict[str, str]] = {
    discord.Locale.german: _GERMAN,
    discord.Locale.french: _FRENCH,
}


class Translations(app_commands.Translator):
    """Looks words up in :data:`TABLES`."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        return TABLES.get(locale, {}).get(string.message)
