"""An HTTP server that answers as scripted, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tests.fakes.llm.replies import Reply, says

#: Chooses a reply by the prompt, where a list of replies is not enough.
Script = Callable[[str], Reply]


class ScriptedLlm:
    """Replies in the order they were ``script``-ed; the last one again and again.

    ``with ScriptedLlm() as llm:`` serves on ``llm.base_url``, for any path.
    """

    def __init__(self) -> None:
        self._replies: list[Reply] = [says("NOT_IN_PASSAGES")]
        self._choose: Script | None = None
        #: The bodies of all requests, parsed.
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def script(self, *replies: Reply) -> None:
        """What comes next."""
        self._replies = list(replies)
        self._choose = None

    def answer_by(self, choose: Script) -> None:
        """Every reply is chosen by the prompt's last message."""
        self._choose = choose

    @property
    def base_url(self) -> str:
        """For OpenAI's protocol."""
        return f"{self.root}/v1"

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def prompt(self, number: int = -1) -> str:
        """All that was said in that request."""
        return "\n".join(str(m["content"]) for m in self.requests[number]["messages"])

    def __enter__(self) -> ScriptedLlm:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _next(self, body: dict[str, Any]) -> Reply:
        if self._choose is not None:
            return self._choose(str(body["messages"][-1]["content"]))
        return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                owner.requests.append(body)
                owner.headers.append(dict(self.headers))
                owner.paths.append(self.path)
                try:
                    self._send(owner._next(body))
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def _send(self, reply: Reply) -> None:
                self.send_response(reply.status)
                headers = {"Content-Type": "text/event-stream"} | dict(reply.headers)
                for name, value in headers.items():
                    self.send_header(name, value)
                if reply.cut:  # a length that is never reached
                    self.send_header("Content-Length", "1000000")
                self.end_headers()
                for step in reply.steps:
                    if isinstance(step, float):
                        owner._closing.wait(step)
                    else:
                        self.wfile.write(step)
                        self.wfile.flush()
                self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing: the tests look at ``requests``."""

        return Handler
