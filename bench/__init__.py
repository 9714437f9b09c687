"""Quality, speed and scale, measured side by side with peers. Every figure in the README comes
from a command in this folder."""

import os

# Before onnxruntime is imported anywhere; index/models/onnx.py says why.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
