"""Puts an engine together from the settings."""

from __future__ import annotations

from index.answer.answerer import Answerer
from index.answer.confidence import Confidence
from index.answer.current_build import CurrentBuild
from index.answer.engine import Engine
from index.answer.reader_answerer import ReaderAnswerer
from index.answer.support import Support
from index.ingest.build import OnProgress
from index.ingest.opening import assemble
from index.models.embedder import Embedder, MiniLmEmbedder
from index.models.reader import Reader
from index.models.tokenizer import WordPiece
from index.settings import Settings, load_settings
from index.store.folder import IndexFolder


def open_engine(settings: Settings | None = None, *, progress: OnProgress | None = None) -> Engine:
    """An engine for the configured documents; the index is built first where it is missing or
    out of date. ``progress`` hears of that.

    Raises SettingsError, SourceError, ModelError or IndexBuildError.
    """
    settings = load_settings() if settings is None else settings
    tokenizer = WordPiece()
    embedder = MiniLmEmbedder(tokenizer, threads=settings.threads)
    reader = Reader(tokenizer, threads=settings.threads)
    confidence = Confidence.load()
    support = Support.open(tokenizer, threads=settings.threads)
    by_reader = ReaderAnswerer(reader, embedder, confidence)
    engine = Engine(
        CurrentBuild(
            IndexFolder(settings.index_dir),
            assemble(settings, tokenizer, embedder),
            tokenizer,
            settings.chroma_url,
        ),
        embedder,
        _answerer(settings, embedder, support, by_reader),
        support,
        reader_name=reader.name,
        threshold=confidence.threshold if settings.threshold is None else settings.threshold,
        top_k=settings.top_k,
        max_question_chars=settings.max_question_chars,
    )
    engine.prepare(progress)
    return engine


def _answerer(
    settings: Settings, embedder: Embedder, support: Support, reader: ReaderAnswerer
) -> Answerer:
    """The reader, or the language model that the settings name with the reader behind it."""
    if settings.llm is None:
        return reader
    # Imported here: most installations have no language model.
    from index.answer.llm_answerer import LlmAnswerer
    from index.answer.prove import Prover
    from index.models.llm.providers import open_language_model

    model = open_language_model(settings, settings.llm)
    model.prepare()
    support.prepare()  # the first answer is not to wait for it
    return LlmAnswerer(model, Prover(support, embedder), reader)
