"""How the two models in ``index/models/weights`` are made. See ``training/README.md``."""
