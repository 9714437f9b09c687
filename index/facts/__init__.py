"""The fact sheet of a document: who, where, when, how much, who said what, and a summary.

In the order of the work: ``extraction`` finds candidates in the sentences, ``resolution`` tells
which of them are one, ``proof`` drops what its quote does not bear out, ``ranking`` orders them,
``summary`` chooses sentences, ``sheet`` does all of that for one document, ``storage`` keeps it
with the build, ``lookup`` finds entries by what a person types, and ``answers`` shows them.
"""

from __future__ import annotations

#: Part of the fingerprint: sheets made by another version are made anew.
SHEET_VERSION = 3
#: ``Answer.engine`` of an answer from the fact sheet.
FACTS_ENGINE = "facts"
