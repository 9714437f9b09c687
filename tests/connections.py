"""Connections that the libraries' HTTP clients leave open to the garbage collector."""

from __future__ import annotations

import gc
import warnings


def forget_connections() -> None:
    """Collects them here: the collector would warn in the middle of whatever test runs then."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
