"""The rules of the house that the type checker does not hold: who may import what, what is loaded
when, and what is in the repository."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from index.models.weights import WEIGHTS_DIR, known_sums
from index.settings import CHECKOUT
from tests.imports import Import, When, find_imports, imports

#: The parts of ``index/``, each of which may import those before it and none after it. The
#: package itself and the tests stand above all.
LAYERS = (
    {"index.types", "index.errors"},
    {"index.settings"},
    {"index.models"},
    {"index.store"},
    {"index.facts"},
    {"index.ingest"},
    {"index.answer"},
)
#: Packages that only some modules may import, and those modules with all below them.
HOMES = {
    "discord": ("bot.discord_app",),
    "chromadb": ("index.store",),
    "onnxruntime": ("index.models",),
    "tokenizers": ("index.models",),
    "llama_index": (
        "index.store.nodes",
        "index.store.build",
        "index.ingest.node_parser",
        "index.models.llama_embedding",
        "index.models.llm.providers",
        "index.answer.query_engine",
    ),
    "bm25s": ("index.store.lexical",),
    "sqlite3": ("bot.ledger",),
    "rich": ("bot.terminal",),
    "prompt_toolkit": ("bot.terminal.chat",),
    "torch": (),
    "tests": (),
    "bench": (),
    "training": (),
}
#: What takes long to load. The second list is not even loaded by a question.
HEAVY = {"chromadb", "onnxruntime", "tokenizers", "numpy", "bm25s", "pydantic", "rich"}
UNASKED = {"llama_index", "discord", "nltk", "babel", "prompt_toolkit", "aiohttp", "torch"}
MOST_WEIGHTS_BYTES = 75_000_000

HOUSE = imports("index", "bot")


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def layer_of(name: str) -> int | None:
    found = [n for n, parts in enumerate(LAYERS) if any(is_in(name, part) for part in parts)]
    return found[0] if found else None


def test_imports_are_told_apart_by_when_they_happen() -> None:
    source = """
import a.b, c
from d import e
if TYPE_CHECKING:
    from f import g
else:
    import h
def work():
    from i import j
class Thing:
    import k
    async def work(self): import l
"""
    assert find_imports(source) == [
        ("a.b", When.AT_ONCE),
        ("c", When.AT_ONCE),
        ("d.e", When.AT_ONCE),
        ("f.g", When.FOR_TYPES),
        ("h", When.AT_ONCE),
        ("i.j", When.LATER),
        ("k", When.AT_ONCE),
        ("l", When.LATER),
    ]
    with pytest.raises(ValueError, match="relative"):
        find_imports("from . import a")


@pytest.mark.parametrize("package", HOMES)
def test_a_package_is_imported_only_where_it_belongs(package: str) -> None:
    strays = [
        found
        for found in HOUSE
        if found.package == package and not any(is_in(found.module, h) for h in HOMES[package])
    ]
    assert strays == []


def test_dependencies_of_the_index_run_one_way() -> None:
    def is_upwards(found: Import) -> bool:
        mine, theirs = layer_of(found.module), layer_of(found.name)
        return mine is not None and theirs is not None and theirs > mine

    assert [found for found in HOUSE if is_upwards(found)] == []


def test_the_index_knows_nothing_of_its_front_ends() -> None:
    assert [i for i in HOUSE if is_in(i.module, "index") and i.package == "bot"] == []


def test_the_front_ends_know_nothing_of_each_other() -> None:
    strays = [
        found
        for found in HOUSE
        if (is_in(found.module, "bot.discord_app") and is_in(found.name, "bot.terminal"))
        or (is_in(found.module, "bot.terminal") and is_in(found.name, "bot.discord_app"))
    ]
    # ``footnote discord`` starts the other one.
    assert {(i.module, i.when) for i in strays} <= {("bot.terminal.commands.discord", When.LATER)}


def test_what_a_front_end_needs_of_an_engine_is_a_type() -> None:
    users = [i for i in HOUSE if is_in(i.name, "bot.terminal.asking")]
    assert users
    assert [i for i in users if i.when is not When.FOR_TYPES] == []


def test_a_cold_question_does_not_wait_for_llama_index() -> None:
    """The build writes through it, so there it is imported when the writing begins."""
    eager = {i.module for i in HOUSE if i.package == "llama_index" and i.when is When.AT_ONCE}
    adapters = {
        "index.store.nodes",
        "index.ingest.node_parser",
        "index.models.llama_embedding",
        "index.answer.query_engine",
    }
    assert eager <= adapters
    importers = {
        i.module
        for i in HOUSE
        if i.when is When.AT_ONCE and any(is_in(i.name, adapter) for adapter in adapters)
    }
    assert importers <= adapters


def loaded(program: str, *arguments: str) -> set[str]:
    """The packages that a fresh interpreter has loaded after ``program``."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print(*sys.modules)", *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
    )
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize(
    "program",
    [
        "import index",
        "import index.types, index.errors",
        "import bot.terminal.main",
        "from bot.terminal.main import main; main(['--help'])",
        "from bot.terminal.main import main; main(['ask', '--help'])",
        "from bot.terminal.main import main; main(['--version'])",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_used(program: str) -> None:
    assert loaded(program) & (HEAVY | UNASKED) == set()


def test_a_question_loads_what_it_needs_and_no_more(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    index_dir = tmp_path_factory.mktemp("cold") / "index"
    program = (
        "import sys; from pathlib import Path\n"
        "from index import open_engine; from index.settings import Settings\n"
        "engine = open_engine(Settings(index_dir=Path(sys.argv[1])))\n"
        "engine.ask('Who will Witkoff meet?')"
    )
    assert loaded(program, str(index_dir)) >= {"llama_index", "chromadb"}, "the build needs them"
    assert loaded(program, str(index_dir)) & UNASKED == set()


def tracked() -> list[str]:
    """The files of the repository; none where it is a copy without its history."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    return [name for name in done.stdout.split("\0") if name] if done.returncode == 0 else []


#: A home or scratch folder of somebody's machine, an index of packages beside the public one.
_PRIVATE = re.compile(
    r"/(?:home|Users)/\w+/|(?<![\w.~-])/(?:work|tmp|root)/\w|"
    r"(?:--|PIP_|UV_)(?:extra[-_])?(?:default[-_])?index(?:[-_]url)?[= ]\S*://|"
    r"https?://[^\s/]+/(?:\S*/)?simple/?(?:\s|$)",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("text", "is_private"),
    [
        ("/home/ann/notes.txt", True),
        ("see /work/main/index", True),
        ("open('/tmp/build')", True),
        ("--index-url https://packages.example.org/simple", True),
        ("--extra-index-url=https://example.org/x", True),
        ("https://packages.example.org/pypi/simple/", True),
        ("https://discord.com/developers/applications", False),
        ("bot/work/day, seeds/home/text", False),
        ("it is that simple", False),
    ],
)
def test_what_counts_as_private(text: str, is_private: bool) -> None:
    assert bool(_PRIVATE.search(text)) is is_private


def test_no_file_names_a_private_folder_or_a_package_index() -> None:
    strays: list[str] = []
    for name in tracked():
        path = CHECKOUT / name
        if not path.is_file() or path == Path(__file__):  # the cases above
            continue
        try:
            lines = path.read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # weights and pictures
        strays += [f"{name}:{n}: {line[:120]}" for n, line in enumerate(lines, 1)
                   if _PRIVATE.search(line)]  # fmt: skip
    assert strays == []


def test_no_file_that_is_made_or_secret_is_in_the_repository() -> None:
    made = re.compile(r"(?:^|/)(?:\.env|\.venv.*|\.footnote|runs|__pycache__|.*\.sqlite3)(?:/|$)")
    assert [name for name in tracked() if made.search(name)] == []


def test_the_weights_are_small_and_the_ones_that_are_listed() -> None:
    sums = known_sums()
    files = {p.name: p for p in WEIGHTS_DIR.iterdir() if p.suffix in {".onnx", ".json"}}
    assert set(files) == set(sums)
    for name, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sums[name], name
    assert sum(path.stat().st_size for path in files.values()) < MOST_WEIGHTS_BYTES


@pytest.mark.parametrize("model", ["embedder", "reader", "checker"])
def test_a_card_names_the_file_it_is_about_by_its_hash(model: str) -> None:
    card = (WEIGHTS_DIR / f"{model}.card.md").read_text("utf-8")
    assert known_sums()[f"{model}.int8.onnx"] in card
