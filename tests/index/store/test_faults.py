"""What is lost when a process, a disk or a server fails: nothing. With real ones."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from index import open_engine
from index.errors import StoreUnreachable
from index.settings import Settings
from index.store.build import Build
from index.store.dense import COLLECTION_PREFIX
from index.store.folder import BUILDS_FOLDER, IndexFolder
from tests.connections import forget_connections
from tests.index.texts import BOATS, GARDEN

pytestmark = [
    pytest.mark.e2e,
    # Chroma's HTTP client leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

QUESTION = "Who planted the garden?"
ANSWER = "Hanna Petersen"
WAIT_S = 60
FOOTNOTE = [sys.executable, "-m", "bot.terminal.main"]


@pytest.fixture(scope="module", autouse=True)
def forgotten_connections() -> Iterator[None]:
    yield
    forget_connections()


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """``settings`` for a process of its own."""
    return {
        **os.environ,
        "FOOTNOTE_SOURCES": str(settings.sources[0]),
        "FOOTNOTE_INDEX_DIR": str(settings.index_dir),
        **more,
    }


def run(
    settings: Settings, *argv: str, program: tuple[str, ...] = (), **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*program, *FOOTNOTE, *argv],
        env=environment(settings, **more),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources and their index, as nobody has it open; tests work on copies."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "sources").mkdir()
    (folder / "sources" / "garden.txt").write_text(GARDEN, "utf-8")
    open_engine(Settings(sources=(folder / "sources",), index_dir=folder / "index")).close()
    return folder


@pytest.fixture
def settings(built: Path, tmp_path: Path) -> Settings:
    """A copy of that index, and a document that it does not know yet."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    (tmp_path / "sources" / "boats.txt").write_text(BOATS, "utf-8")
    return Settings(sources=(tmp_path / "sources",), index_dir=tmp_path / "index", threads=1)


def builds(settings: Settings) -> set[str]:
    return {path.name for path in (settings.index_dir / BUILDS_FOLDER).iterdir()}


#: Kills its own process at the first event of that name with those words in its arguments.
_DIE_AT = """
import os, signal, sys
event, words = sys.argv[1:3]
def hook(name, arguments):
    if name == event and words in str(arguments):
        os.kill(os.getpid(), signal.SIGKILL)
from bot.terminal.main import main
sys.addaudithook(hook)
main(["index"])
"""


@pytest.mark.parametrize(
    ("event", "words", "is_published"),
    [
        ("open", "passages.jsonl", False),
        ("import", "llama_index.vector_stores.chroma", False),
        ("open", ".manifest.json.new", False),
        ("os.rename", "manifest.json", False),
        ("shutil.rmtree", "/builds/2", True),
    ],
)
def test_a_killed_build_leaves_the_old_index_or_the_new(
    settings: Settings, event: str, words: str, is_published: bool
) -> None:
    index = IndexFolder(settings.index_dir)
    before = index.current()
    assert before is not None
    # The build before the last is removed at the end of the next.
    index.build_folder("20200101T000000-abcdef").mkdir()

    killed = subprocess.run(
        [sys.executable, "-c", _DIE_AT, event, words],
        env=environment(settings),
        capture_output=True,
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    after = index.current()
    assert after is not None
    assert (after != before) is is_published
    Build.open(index, after, None).close()

    engine = open_engine(settings)
    assert {document.id for document in engine.documents} == {"boats.txt", "garden.txt"}
    assert engine.build_id in builds(settings)
    if is_published:
        engine.rebuild(force=True)
    assert len(builds(settings)) == 2, "what was half written is gone"
    engine.close()


def test_two_builders_at_once_take_turns(settings: Settings) -> None:
    processes = [
        subprocess.Popen(
            [*FOOTNOTE, "index", "--json", *force],
            env=environment(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for force in ([], ["--force"])
    ]
    reports = []
    for process in processes:
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        reports.append(json.loads(out))
    assert all(report["documents"] == 2 for report in reports)
    manifest = IndexFolder(settings.index_dir).current()
    assert manifest is not None
    assert manifest.build_id in {report["build"] for report in reports}
    assert len(builds(settings)) == 2
    with closing(open_engine(settings)) as engine:
        assert engine.build_id == manifest.build_id


#: Runs a shell script in a name space of its own, in which it may mount.
_PRIVATE_MOUNTS = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-ec")


def small_disk(folder: Path, kilobytes: int, script: str) -> tuple[str, ...]:
    """A command that mounts a small disk on ``folder``, runs ``script`` and then its arguments."""
    mount = f'mount -t tmpfs -o size={kilobytes}k tmpfs "{folder}"'
    return (*_PRIVATE_MOUNTS, f'{mount}; {script}; "$@"', "sh")


needs_mounts = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run([*_PRIVATE_MOUNTS, "true"], capture_output=True, check=False).returncode != 0,
    reason="this system lets nobody but root mount",
)


@needs_mounts
@pytest.mark.parametrize(
    ("then", "reason"),
    [
        (
            "cat /dev/zero > {disk}/fill 2> /dev/null || true",
            "The disk that holds the index is full",
        ),
        ("mount -o remount,ro {disk}", "The index cannot be written"),
    ],
)
def test_an_index_that_cannot_be_written_still_answers(
    settings: Settings, tmp_path: Path, then: str, reason: str
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    index = disk / "index"
    script = f'cp -r "{settings.index_dir}" "{index}"; {then.format(disk=disk)}'
    program = small_disk(disk, 2_000, script)

    done = run(settings, "ask", "--json", QUESTION, program=program, FOOTNOTE_INDEX_DIR=str(index))

    assert ANSWER in json.loads(done.stdout)["nearest"][0]["text"]
    (line,) = done.stderr.splitlines()
    assert reason in line and "The index is used as it was" in line

    done = run(settings, "index", program=program, FOOTNOTE_INDEX_DIR=str(index))
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert reason in line and "FOOTNOTE_INDEX_DIR" in line


@needs_mounts
@pytest.mark.parametrize("kilobytes", [8, 200, 300])
def test_a_disk_that_is_too_small_is_said_to_be_and_left_empty(
    settings: Settings, tmp_path: Path, kilobytes: int
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    program = small_disk(disk, kilobytes, ":")
    listed = (*program[:-2], f'{program[-2]} || true; find "{disk}" -type f', "sh")

    done = run(settings, "index", program=listed, FOOTNOTE_INDEX_DIR=str(disk / "index"))

    (line,) = done.stderr.splitlines()
    assert "full" in line and "FOOTNOTE_INDEX_DIR" in line
    assert done.stdout.splitlines() in ([], [str(disk / "index" / "lock")])


#: Root reads and writes everything, and may run these tests; in a user name space of its own it
#: is held to the permissions of files like everybody else.
_AS_EVERYBODY = ("unshare", "--user")


@needs_mounts
def test_what_may_not_be_read_is_left_out_and_named(settings: Settings) -> None:
    sources = settings.sources[0]
    (sources / "closed").mkdir()
    (sources / "closed" / "a.txt").write_text("Nobody reads this.")
    (sources / "closed").chmod(0)
    (sources / "secret.txt").write_text("Nor this.")
    (sources / "secret.txt").chmod(0)

    done = run(settings, "index", "--json", program=_AS_EVERYBODY)
    (sources / "closed").chmod(0o755)

    assert (done.returncode, done.stderr) == (1, "")
    report = json.loads(done.stdout)
    assert report["documents"] == 2
    problems = [problem["what"] for problem in report["problems"]]
    assert len(problems) == 2
    assert problems[0] == f"The folder {sources / 'closed'} cannot be read (Permission denied)."
    assert problems[1] == "secret.txt cannot be read (Permission denied)."


@needs_mounts
def test_folders_that_may_only_be_read_are_enough_to_answer(settings: Settings) -> None:
    closed = [settings.sources[0], *sorted(settings.index_dir.rglob("*")), settings.index_dir]
    for path in closed:
        path.chmod(path.stat().st_mode & ~0o222)

    done = run(settings, "ask", "--json", QUESTION, program=_AS_EVERYBODY)
    forced = run(settings, "index", "--force", program=_AS_EVERYBODY)

    for path in closed:
        path.chmod(path.stat().st_mode | 0o200)
    assert "The index is used as it was" in done.stderr
    assert ANSWER in json.loads(done.stdout)["nearest"][0]["text"]
    assert forced.returncode == 2
    (line,) = forced.stderr.splitlines()
    assert "Permission denied" in line and "FOOTNOTE_INDEX_DIR" in line


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ChromaServer:
    """A real ``chroma run`` on loopback."""

    def __init__(self, folder: Path) -> None:
        self._port = free_port()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Raises TimeoutError if it does not come up."""
        program = Path(sys.executable).with_name("chroma")
        self._process = subprocess.Popen(
            [program, "run", "--path", self._folder, "--port", str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        transport = httpx.HTTPTransport(retries=0)
        with httpx.Client(base_url=self.url, transport=transport) as client:
            for _ in range(WAIT_S * 10):
                try:
                    if client.get("/api/v2/heartbeat").is_success:
                        return
                except httpx.TransportError:
                    signal.sigtimedwait([], 0.1)
        raise TimeoutError("chroma run does not answer")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path / "chroma-server")
    server.start()
    yield server
    server.stop()


def test_a_chroma_server_in_place_of_the_embedded_one(
    settings: Settings, server: ChromaServer, tmp_path: Path
) -> None:
    settings = settings.model_copy(update={"chroma_url": server.url})
    engine = open_engine(settings)
    first = engine.build_id
    assert ANSWER in engine.ask(QUESTION).nearest[0].passage.text
    assert not (IndexFolder(settings.index_dir).build_folder(first) / "chroma").exists()

    for _ in range(2):
        engine.rebuild(force=True)
    with httpx.Client(base_url=server.url) as client:
        database = "/api/v2/tenants/default_tenant/databases/default_database"
        names = {row["name"] for row in client.get(f"{database}/collections").json()}
    assert names == {COLLECTION_PREFIX + build for build in builds(settings)}
    assert first not in builds(settings)

    server.stop()
    with pytest.raises(StoreUnreachable, match="does not answer"):
        engine.ask(QUESTION)
    down = run(settings, "ask", QUESTION, CHROMA_URL=server.url)
    assert (down.returncode, down.stdout) == (2, "")
    (line,) = down.stderr.splitlines()
    assert line.startswith(f"The Chroma server at {server.url} does not answer.")
    assert "CHROMA_URL" in line

    server.start()
    assert ANSWER in engine.ask(QUESTION).nearest[0].passage.text
    server.stop()
    engine.close()


def test_a_server_that_lost_its_data_is_filled_again(
    settings: Settings, server: ChromaServer, tmp_path: Path
) -> None:
    settings = settings.model_copy(update={"chroma_url": server.url})
    with closing(open_engine(settings)) as engine:
        first = engine.build_id
    server.stop()
    shutil.rmtree(tmp_path / "chroma-server")
    server.start()
    with closing(open_engine(settings)) as engine:
        assert engine.build_id != first
        assert ANSWER in engine.ask(QUESTION).nearest[0].passage.text
