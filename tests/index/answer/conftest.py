from tests.fakes.llm.fixtures import *  # noqa: F403
