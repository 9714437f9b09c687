"""What must stand in a quote before it can bear a claim out: the claim's numbers, dates and names,
its negations and its comparisons.

The guard reads words, not meanings. It never says that a claim is true; it names what a reader
could see to be wrong or missing. It knows English; of other languages it checks figures and names.
"""

from index.answer.guard.examine import examine
from index.answer.guard.finding import Finding

__all__ = ["examine", "Finding"]
