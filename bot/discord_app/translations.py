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
    "Ask the document": "Das Dokument fragen",
    "Check against the document": "Mit dem Dokument vergleichen",
    "who": "wer",
    "The people in it, or one of them.": "Die Personen darin, oder eine davon.",
    "name": "name",
    "A person or an office.": "Eine Person oder ein Amt.",
    "when": "wann",
    "What happened when.": "Was wann geschah.",
    "what": "was",
    "A date, or what happened.": "Ein Datum, oder was geschah.",
    "where": "wo",
    "The places in it, or one of them.": "Die Orte darin, oder einer davon.",
    "place": "ort",
    "A place.": "Ein Ort.",
    "figures": "zahlen",
    "The figures, and what they measure.": "Die Zahlen, und was sie messen.",
    "about": "über",
    "What they are about.": "Worum es geht.",
    "quotes": "zitate",
    "Who said what, word for word.": "Wer was sagte, Wort für Wort.",
    "speaker": "sprecher",
    "Who said it.": "Wer es sagte.",
    "timeline": "zeitleiste",
    "What happened, in order.": "Was geschah, der Reihe nach.",
    "What to keep to.": "Worauf es sich beschränken soll.",
    "summary": "zusammenfassung",
    "What it says, in its own sentences.": "Was es sagt, in seinen eigenen Sätzen.",
    "length": "länge",
    "How long.": "Wie lang.",
    "fact": "fakt",
    "Look up anything.": "Etwas nachschlagen.",
    "anything": "etwas",
    "A name, a date, a word.": "Ein Name, ein Datum, ein Wort.",
    "help": "hilfe",
    "What I can do, and how to ask.": "Was ich kann, und wie man fragt.",
    "sources": "quellen",
    "The documents I answer from.": "Die Dokumente, aus denen ich antworte.",
    "status": "status",
    "How I am doing.": "Wie es mir geht.",
    "new": "neu",
    "Begin a new conversation here.": "Hier ein neues Gespräch beginnen.",
    "privacy": "datenschutz",
    "What I keep, and for how long.": "Was ich aufbewahre, und wie lange.",
    "forget-me": "vergiss-mich",
    "Delete what I keep about you.": "Lösche, was ich über dich aufbewahre.",
    "reload": "neu-lesen",
    "Read the documents again.": "Die Dokumente neu lesen.",
    "channel": "kanal",
    "What I do in a channel without being asked.": "Was ich in einem Kanal ungefragt tue.",
    "The channel or forum; this one if you leave it out.": (
        "Der Kanal oder das Forum; ohne Angabe dieser hier."
    ),
    "answer-all": "alles-beantworten",
    "Answer every message there.": "Dort jede Nachricht beantworten.",
    "forum": "forum",
    "Answer each new post once.": "Jeden neuen Beitrag einmal beantworten.",
    "threads": "threads",
    "Open a thread for each answer to a mention.": (
        "Für jede Antwort auf eine Erwähnung einen Thread öffnen."
    ),
    "gaps": "lücken",
    "What was asked here and not found.": "Was hier gefragt und nicht gefunden wurde.",
    "verify": "prüfen",
    "Hold the answers given here against the documents of today.": (
        "Die hier gegebenen Antworten mit den heutigen Dokumenten vergleichen."
    ),
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
    "Ask the document": "Interroger le document",
    "Check against the document": "Comparer avec le document",
    "who": "qui",
    "The people in it, or one of them.": "Les personnes qui y figurent, ou l’une d’elles.",
    "name": "nom",
    "A person or an office.": "Une personne ou une fonction.",
    "when": "quand",
    "What happened when.": "Ce qui s’est passé, et quand.",
    "what": "quoi",
    "A date, or what happened.": "Une date, ou ce qui s’est passé.",
    "where": "où",
    "The places in it, or one of them.": "Les lieux qui y figurent, ou l’un d’eux.",
    "place": "lieu",
    "A place.": "Un lieu.",
    "figures": "chiffres",
    "The figures, and what they measure.": "Les chiffres, et ce qu’ils mesurent.",
    "about": "sujet",
    "What they are about.": "De quoi il s’agit.",
    "quotes": "citations",
    "Who said what, word for word.": "Qui a dit quoi, mot pour mot.",
    "speaker": "auteur",
    "Who said it.": "Qui l’a dit.",
    "timeline": "chronologie",
    "What happened, in order.": "Ce qui s’est passé, dans l’ordre.",
    "What to keep to.": "À quoi s’en tenir.",
    "summary": "résumé",
    "What it says, in its own sentences.": "Ce qu’il dit, dans ses propres phrases.",
    "length": "longueur",
    "How long.": "De quelle longueur.",
    "fact": "fait",
    "Look up anything.": "Chercher n’importe quoi.",
    "anything": "terme",
    "A name, a date, a word.": "Un nom, une date, un mot.",
    "help": "aide",
    "What I can do, and how to ask.": "Ce que je sais faire, et comment demander.",
    "sources": "sources",
    "The documents I answer from.": "Les documents dont je tire mes réponses.",
    "status": "état",
    "How I am doing.": "Comment je me porte.",
    "new": "nouveau",
    "Begin a new conversation here.": "Commencer ici une nouvelle conversation.",
    "privacy": "confidentialité",
    "What I keep, and for how long.": "Ce que je conserve, et combien de temps.",
    "forget-me": "oublie-moi",
    "Delete what I keep about you.": "Supprimer ce que je conserve sur vous.",
    "reload": "relire",
    "Read the documents again.": "Relire les documents.",
    "channel": "salon",
    "What I do in a channel without being asked.": (
        "Ce que je fais dans un salon sans qu’on me le demande."
    ),
    "The channel or forum; this one if you leave it out.": (
        "Le salon ou le forum ; celui-ci par défaut."
    ),
    "answer-all": "répondre-à-tout",
    "Answer every message there.": "Y répondre à chaque message.",
    "forum": "forum",
    "Answer each new post once.": "Répondre une fois à chaque nouveau post.",
    "threads": "fils",
    "Open a thread for each answer to a mention.": (
        "Ouvrir un fil pour chaque réponse à une mention."
    ),
    "gaps": "lacunes",
    "What was asked here and not found.": "Ce qui a été demandé ici sans être trouvé.",
    "verify": "vérifier",
    "Hold the answers given here against the documents of today.": (
        "Comparer les réponses données ici aux documents d’aujourd’hui."
    ),
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
