"""Opens a checked ONNX model for inference on the CPU."""

from __future__ import annotations

import os
from pathlib import Path

# From 1.29 on, onnxruntime for Linux and macOS keeps an id of the machine and a database in the
# user's home, and reports what is run to Microsoft. The library reads this when it is loaded, so it
# has to stand before the import; disable_telemetry_events() comes too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort

from index.errors import ModelError
from index.models.weights import WEIGHTS_DIR, read_checked

#: More threads than this slow MiniLM down on short inputs.
MAX_THREADS = 4


def open_session(
    name: str, *, threads: int = 0, folder: Path = WEIGHTS_DIR
) -> ort.InferenceSession:
    """A session for the model file ``name``; ``threads`` 0 means one a core, at most four.

    Raises ModelError if the file is missing, altered or no model.
    """
    data = read_checked(name, folder)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads or min(available_cores(), MAX_THREADS)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors; they come as exceptions too
    # Two models share the cores: threads that spin while they wait take them from each other.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(
            f"The model file {name} cannot be opened ({type(error).__name__}).",
            cure="Run make setup to install the locked onnxruntime, then footnote doctor.",
        ) from error


def available_cores() -> int:
    """Cores this process may run on."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
