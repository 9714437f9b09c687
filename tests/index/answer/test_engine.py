"""The whole way from files to answers, with the real parts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from index import Engine, open_engine
from index.answer import current_build
from index.answer.proof import faults
from index.answer.small_talk import HELP_ENGINE
from index.errors import IndexBuildError, QuestionError, SourceError, StoreUnreachable
from index.settings import Settings
from index.store.build import Build
from index.types import Answer, Status
from tests.index.texts import BOATS, GARDEN, nasty_texts

OpenEngine = Callable[[Settings], Engine]
QUESTION = "Who planted the garden?"


def check(engine: Engine, answer: Answer) -> None:
    """What holds for every answer."""
    documents = {document.id: document for document in engine.documents}
    assert faults(answer, documents) == []
    assert 0 <= answer.confidence <= 1
    assert answer.build_id == engine.build_id
    assert answer.timings_ms["total"] >= 0
    for hit in answer.nearest:
        text = documents[hit.passage.document_id].text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text
    if answer.status is Status.ANSWERED:
        assert answer.citations and answer.confidence >= engine.threshold
    else:
        assert not answer.citations and answer.short_answer is None


@pytest.fixture(scope="module")
def credulous(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that shows every answer, however unsure, from sources that tests exchange."""
    folder = tmp_path_factory.mktemp("credulous")
    (folder / "sources").mkdir()
    (folder / "sources" / "a.txt").write_text(GARDEN, "utf-8")
    engine = open_engine(
        Settings(sources=(folder / "sources",), index_dir=folder / "index", threshold=0)
    )
    yield engine
    engine.close()


def sources_of(engine: Engine) -> Path:
    return Path(engine.documents[0].source).parent


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    nasty_texts,
    st.sampled_from(["a.txt", "a.md"]),
    st.sampled_from(
        [
            "Who came?",
            "When was it made?",
            "Why so cold?",
            "Is it big?",
            "How many?",
            "What is 3.5?",
        ]
    ),
)
@example("☃ 1\n\nA\u0301 b\u202e c. 𝔘𝔘 d!\n\n— X (@x) May 1, 2020", "a.md", "What is d?")
def test_any_text_gives_proven_answers(
    credulous: Engine, text: str, name: str, question: str
) -> None:
    folder = sources_of(credulous)
    for file in folder.iterdir():
        file.unlink()
    (folder / name).write_bytes(text.encode())
    try:
        credulous.rebuild()
    except SourceError:
        (folder / name).write_text(GARDEN, "utf-8")
        assume(False)  # it holds no words
    (document,) = credulous.documents
    assert document.text == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    answer = credulous.ask(question)
    check(credulous, answer)
    assert answer.status is Status.ANSWERED
    words = [word for word in document.text.split() if any(map(str.isalnum, word))]
    for asked in (words[0][:100], " ".join(words)[:900]):
        try:
            check(credulous, credulous.ask(asked))
        except QuestionError:
            continue  # a word of marks that the engine does not take for one


@settings(max_examples=60)
@given(st.text(max_size=200))
@example("\ud800 who is it")
@example("[1] [2] who")
def test_any_question_is_answered_with_proof_or_refused(engine: Engine, question: str) -> None:
    try:
        answer = engine.ask(question)
    except QuestionError as error:
        assert error.what and error.cure
        return
    check(engine, answer)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who planted the garden?", "Hanna Petersen"),
        ("where was the ferry built", "Genoa"),
        ("How many passengers does the Aurora carry?", "220 passengers"),
    ],
)
def test_the_sentence_that_answers_is_shown(
    settings: Settings, opened: OpenEngine, question: str, short: str
) -> None:
    engine = opened(settings.model_copy(update={"threshold": 0.0}))
    answer = engine.ask(question)
    check(engine, answer)
    assert answer.short_answer and short in f"{answer.short_answer} passengers"
    (citation,) = answer.citations
    assert answer.text == f"{citation.quote} [1]"
    assert answer.short_answer in citation.quote


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("hi there", "Hello! Ask me about"),
        ("ok thanks!", "You are welcome. Ask me about"),
        ("bye", "Goodbye! Ask me about"),
        ("What can you do?", "Ask me about"),
        ("help", "Ask me about"),
    ],
)
def test_small_talk_is_answered_in_kind(engine: Engine, said: str, reply: str) -> None:
    assert engine.ask(said).text.startswith(reply)


def test_small_talk_is_help_and_no_search(engine: Engine) -> None:
    answer = engine.ask("hello!")
    assert (answer.engine, answer.status, answer.nearest) == (HELP_ENGINE, "not_found", ())
    assert engine.documents[0].title in answer.text
    assert engine.look_up("thanks") is None


@pytest.mark.parametrize("question", ["Who?", "Is it so?", "and why"])
def test_a_question_of_nothing_but_function_words_has_no_answer(
    credulous: Engine, question: str
) -> None:
    answer = credulous.ask(question)
    assert answer.status is Status.NOT_FOUND
    check(credulous, answer)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        # Each sentence is further from the question than from its opposite.
        (
            "# Ops notes\n\nBananas are yellow.\n",
            ["Does mathematics require proof?", "Was the constitution amended in 1931?"],
        ),
        ("# Hello\n\nHello\n\nHello\n", ["Is it a large airport?", "Why Hello?", "Hello what?"]),
    ],
)
def test_a_document_about_nothing_of_the_kind_has_an_answer_or_none(
    settings: Settings, folder: Path, opened: OpenEngine, text: str, questions: list[str]
) -> None:
    for file in folder.iterdir():
        file.unlink()
    (folder / "a.md").write_text(text, "utf-8")
    engine = opened(settings)
    for question in questions:
        answer = engine.ask(question)
        check(engine, answer)
        check(engine, engine.ask("tell me more", [answer.turn]))


def test_the_threshold_decides(settings: Settings, opened: OpenEngine) -> None:
    doubtful = opened(settings.model_copy(update={"threshold": 1.0})).ask(QUESTION)
    assert doubtful.status is Status.NOT_FOUND and doubtful.text == "Not in the documents."
    assert doubtful.nearest and doubtful.readings
    sure = opened(settings.model_copy(update={"threshold": 0.0})).ask("What do zebras eat?")
    assert sure.status is Status.ANSWERED
    assert 0 < sure.confidence < doubtful.confidence


def test_the_longest_question_is_the_settings(settings: Settings, opened: OpenEngine) -> None:
    engine = opened(settings.model_copy(update={"max_question_chars": 20}))
    assert engine.ask("Who planted?").nearest
    with pytest.raises(QuestionError, match="of at most 20"):
        engine.ask("Who planted the garden?")


def test_an_answer_tells_its_source_title_and_place(
    settings: Settings, folder: Path, opened: OpenEngine
) -> None:
    (folder / "garden.meta.yaml").write_text("title: The walnut\npublished: 1999-01-02\n")
    engine = opened(settings.model_copy(update={"threshold": 0.0}))
    (citation,) = engine.ask(QUESTION).citations
    assert (citation.title, citation.document_id) == ("The walnut", "garden.txt")
    assert citation.source == str(folder / "garden.txt")
    document = engine.document("garden.txt")
    assert document is not None and str(document.published) == "1999-01-02"
    assert engine.passage_counts == {"garden.txt": 1, "boats.txt": 1}


def test_questions_are_answered_while_builds_change(
    settings: Settings, folder: Path, opened: OpenEngine
) -> None:
    """Each answer is from one build alone, with that build's proof, and none fails."""
    engine = opened(settings)
    texts = {engine.build_id: {d.id: d for d in engine.documents}}
    answers: list[Answer] = []
    errors: list[BaseException] = []
    over = threading.Event()

    def keep_asking() -> None:
        try:
            while not over.is_set():
                answers.append(engine.ask(QUESTION))
                engine.refresh()
        except BaseException as error:  # noqa: BLE001 - told to the test
            errors.append(error)

    threads = [threading.Thread(target=keep_asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(4):
        (folder / "garden.txt").write_text(GARDEN.replace("1987", str(2000 + n)), "utf-8")
        report = engine.rebuild()
        assert report.build_id == engine.build_id
        texts[report.build_id] = {d.id: d for d in engine.documents}
    last = engine.ask(QUESTION)
    over.set()
    for thread in threads:
        thread.join()

    assert errors == []
    assert len(texts) == 5 and "2003" in last.nearest[0].passage.text
    assert {answer.build_id for answer in answers} <= set(texts)
    for answer in answers:
        assert faults(answer, texts[answer.build_id]) == []
        for hit in answer.nearest:
            document = texts[answer.build_id][hit.passage.document_id]
            assert document.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_another_process_may_publish_a_build(
    settings: Settings, folder: Path, opened: OpenEngine
) -> None:
    running, other = opened(settings), opened(settings)
    assert not running.refresh()
    (folder / "boats.txt").write_text(BOATS.replace("Genoa", "Gdansk"), "utf-8")
    report = other.rebuild()
    assert running.build_id != report.build_id
    assert "Gdansk" in running.ask("Where was the ferry built?").nearest[0].passage.text
    assert running.build_id == report.build_id
    assert not running.refresh()


def test_a_newer_build_that_is_damaged_leaves_the_one_in_use(
    settings: Settings, folder: Path, opened: OpenEngine, caplog: pytest.LogCaptureFixture
) -> None:
    running, other = opened(settings), opened(settings)
    before = running.build_id
    (folder / "boats.txt").write_text(BOATS.replace("Genoa", "Gdansk"), "utf-8")
    report = other.rebuild()
    (settings.index_dir / "builds" / report.build_id / "documents.jsonl").write_text("?")
    assert not running.refresh()
    assert running.build_id == before
    assert "The build that is open stays in use." in caplog.text
    assert "Genoa" in running.ask("Where was the ferry built?").nearest[0].passage.text


def test_a_newer_build_whose_server_does_not_answer_is_tried_again(
    settings: Settings, folder: Path, opened: OpenEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, other = opened(settings), opened(settings)
    before = running.build_id
    (folder / "boats.txt").write_text(BOATS.replace("Genoa", "Gdansk"), "utf-8")
    report = other.rebuild()

    def refuse(*_: object) -> Build:
        tried.append(1)
        raise StoreUnreachable("The server does not answer.", cure="Start it.")

    tried: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(Build, "open", refuse)
        assert not running.refresh() and not running.refresh()
    assert len(tried) == 1 and running.build_id == before  # not at every question
    later = time.monotonic() + current_build.RETRY_S
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert running.refresh()
    assert running.build_id == report.build_id


def test_a_closed_engine_says_so(settings: Settings, opened: OpenEngine) -> None:
    engine = opened(settings)
    engine.close()
    with pytest.raises(IndexBuildError, match="closed"):
        engine.ask(QUESTION)
    engine.close()
