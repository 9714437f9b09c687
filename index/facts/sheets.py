"""The sheets of a whole build: made for new and changed documents, kept for the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from index.errors import IndexBuildError
from index.facts import sheet
from index.facts.sheet import Material
from index.facts.storage import read_sheets
from index.facts.summary import Embed
from index.facts.types import FactSheet
from index.models.embedder import Vectors
from index.store.build import Build
from index.types import Block, Document, Passage

log = logging.getLogger(__name__)


def known_sheets(build: Build, documents: Sequence[Document]) -> dict[str, FactSheet]:
    """The sheets of ``build`` whose documents have not changed, by document id."""
    try:
        sheets = read_sheets(build.home, {d.id: d for d in build.documents})
    except IndexBuildError as error:
        log.warning("%s They are made anew.", error.what)
        return {}
    return {d.id: sheets[d.id] for d in documents if d.id in sheets and d == build.document(d.id)}


def make_sheets(
    documents: Sequence[Document],
    blocks: Sequence[Sequence[Block]],
    passages: Sequence[Passage],
    vectors: Vectors,
    *,
    known: Mapping[str, FactSheet],
    embed: Embed,
    on_progress: Callable[[int], None],
) -> list[FactSheet]:
    """The sheet of each document, in order; those in ``known`` are taken from there.

    ``passages`` are those of all documents in the same order, ``vectors`` theirs.
    """
    rows: dict[str, list[int]] = {
        document_id: [row for row, _ in group]
        for document_id, group in groupby(enumerate(passages), key=lambda r: r[1].document_id)
    }
    made: list[FactSheet] = []
    for number, (document, cut) in enumerate(zip(documents, blocks, strict=True)):
        on_progress(number)
        old = known.get(document.id)
        if old is None:
            mine = rows[document.id]
            material = Material(document, cut, [passages[row] for row in mine], vectors[mine])
            old = sheet.make_sheet(material, embed)
        made.append(old)
    return made
