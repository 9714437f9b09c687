"""Makes the fact sheet of a document: extraction, resolution, proof, ranking, summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.extraction.dates import FoundDate, find_dates
from index.facts.extraction.figures import FoundFigure, find_figures
from index.facts.extraction.language import language_of
from index.facts.extraction.names import Case, find_runs
from index.facts.extraction.organisations import find_organisations
from index.facts.extraction.people import find_people
from index.facts.extraction.places import Gazetteer, find_places
from index.facts.extraction.quotations import FoundPost, FoundQuotation, find_posts, find_quotations
from index.facts.extraction.sentences import Sentence, read_sentences, speaking
from index.facts.proof import proven
from index.facts.ranking import rank, sentence_weights
from index.facts.resolution.dates import make_timeline, resolve_dates
from index.facts.resolution.names import resolve_organisations, resolve_places, short_names
from index.facts.resolution.people import resolve_people
from index.facts.resolution.speakers import resolve_speakers
from index.facts.summary import Embed, summarise
from index.facts.types import Detail, DetailKind, Excerpt, Fact, FactKind, FactSheet
from index.models.embedder import Vectors
from index.types import Block, BlockKind, Document, Passage, Span

#: In a text of unknown date these mostly mean "nowadays".
_NOWADAYS = ("today", "tonight")
_NOUNS_HAVE_CAPITALS = ("de", "lb")


@dataclass(frozen=True, slots=True)
class Material:
    """A document and what the index knows of it already."""

    document: Document
    blocks: Sequence[Block]
    passages: Sequence[Passage]
    #: Of the passages; passages × dimensions.
    vectors: Vectors


def make_sheet(material: Material, embed: Embed) -> FactSheet:
    """The fact sheet of one document."""
    document = material.document
    language = language_of(document)
    everything = read_sentences(document, material.blocks)
    sentences = speaking(everything)
    weights = sentence_weights(everything, material.passages, material.vectors)
    dates = [
        (s, found)
        for s in sentences
        for found in find_dates(s, language)
        if found.relative not in _NOWADAYS or document.published or s.kind is BlockKind.POST
    ]
    dated = resolve_dates(dates, document.published)
    named = _named(sentences, language)
    people = [fact for fact in named if fact.kind is FactKind.PERSON]
    spoken = [_quotation(found) for found in find_quotations(sentences, document.text)]
    facts = [
        *named,
        *(item.fact for item in dated),
        *_figures(sentences, dates, language),
        *resolve_speakers(spoken, people, sentences),
        *(_post(s, post) for s in sentences for post in find_posts((s,), language)),
    ]
    ranked = rank(proven(document, facts), weights)
    by_name = {(fact.kind, fact.name): fact for fact in ranked}
    timeline = make_timeline(dated, document.published)
    return FactSheet(
        document.id,
        document.sha256,
        ranked,
        tuple(by_name[f.kind, f.name] for f in timeline if (f.kind, f.name) in by_name),
        summarise(everything, weights, material.vectors, embed),
    )


def _named(sentences: Sequence[Sentence], language: str | None) -> list[Fact]:
    """People, places and organisations."""
    capitals = (language or "").startswith(_NOUNS_HAVE_CAPITALS)
    case, gazetteer = Case(sentences), Gazetteer(language)
    runs = list(find_runs(sentences, case))
    named = find_organisations(runs, sentences, gazetteer, nouns_have_capitals=capitals)
    organisations = resolve_organisations(list(named), runs)
    names = {fact.name.text for fact in organisations}
    people = resolve_people(
        find_people(runs, gazetteer, case, nouns_have_capitals=capitals),
        sentences,
        frozenset(short_names(names)),
    )
    taken = {
        text
        for fact in (*people, *organisations)
        for text in (fact.name.text, *fact.texts(DetailKind.ALIAS))
    }
    found = find_places(runs, gazetteer, case, nouns_have_capitals=capitals)
    return [*people, *resolve_places(found, taken), *organisations]


def _figures(
    sentences: Sequence[Sentence],
    dates: Sequence[tuple[Sentence, FoundDate]],
    language: str | None,
) -> list[Fact]:
    taken: dict[int, list[Excerpt]] = {}
    for sentence, date in dates:
        taken.setdefault(sentence.ordinal, []).append(date.excerpt)
    return [
        _figure(sentence, figure)
        for sentence in sentences
        if sentence.kind is not BlockKind.TABLE
        for figure in find_figures(sentence, taken.get(sentence.ordinal, ()), language)
    ]


def _figure(sentence: Sentence, figure: FoundFigure) -> Fact:
    details = [
        *_detail(DetailKind.MEASURES, figure.measures, sentence.span),
        *_detail(DetailKind.OF, figure.of, sentence.span),
        *(Detail(DetailKind.BEFORE, excerpt, sentence.span) for excerpt in figure.before),
        *_detail(DetailKind.AFTER, figure.after, sentence.span),
    ]
    return Fact(
        FactKind.FIGURE,
        figure.excerpt,
        sentence.span,
        tuple(details),
        (sentence.span,),
        value=figure.value,
    )


def _quotation(found: FoundQuotation) -> Fact:
    details = _detail(DetailKind.SPEAKER, found.speaker, found.sentence)
    return Fact(FactKind.QUOTATION, found.excerpt, found.sentence, tuple(details), found.touched)


def _post(sentence: Sentence, post: FoundPost) -> Fact:
    details = [
        *_detail(DetailKind.AUTHOR, post.author, sentence.span),
        *_detail(DetailKind.POSTED, post.posted, sentence.span),
    ]
    return Fact(FactKind.POST, post.excerpt, sentence.span, tuple(details), (sentence.span,))


def _detail(kind: DetailKind, excerpt: Excerpt | None, sentence: Span) -> list[Detail]:
    return [Detail(kind, excerpt, sentence)] if excerpt else []
