"""Documents in, cited answers out.

>>> from index import open_engine
>>> answer = open_engine().ask("Who will Witkoff meet?")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.answer.engine import Engine as Engine
    from index.answer.opening import open_engine as open_engine
    from index.answer.query_engine import FootnoteQueryEngine as FootnoteQueryEngine
    from index.ingest.build import BuildReport as BuildReport
    from index.ingest.build import Progress as Progress
    from index.ingest.opening import open_builder as open_builder

_HOME = {
    "Engine": "index.answer.engine",
    "open_engine": "index.answer.opening",
    "FootnoteQueryEngine": "index.answer.query_engine",
    "BuildReport": "index.ingest.build",
    "Progress": "index.ingest.build",
    "open_builder": "index.ingest.opening",
}
__all__ = [
    "open_engine",
    "open_builder",
    "Engine",
    "FootnoteQueryEngine",
    "Progress",
    "BuildReport",
]


def __getattr__(name: str) -> Any:
    # Loaded when first used: `import index.types` must not pay for Chroma and onnxruntime.
    if name not in _HOME:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
