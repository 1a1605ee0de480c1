"""A server on loopback that gives a file as servers do: whole, in part, late or not at all."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FileServer:
    """What the server gives, and what it was asked.

    Of ``content`` it sends ``cut_after`` bytes and hangs up (None: all); ``ranges`` says whether
    it can start within the file; ``status`` other than 200 refuses. ``requests`` grows by the
    headers of each request.
    """

    content: bytes
    cut_after: int | None = None
    ranges: bool = True
    status: int = 200
    redirect: str | None = None
    gate: threading.Event | None = None
    port: int = 0
    requests: list[dict] = field(default_factory=list)

    def url(self, name: str = "labs.csv") -> str:
        """Address of the file."""
        return f"http://127.0.0.1:{self.port}/{name}"


@contextmanager
def serving(content: bytes, **how: object) -> Iterator[FileServer]:
    """Serve on a free port of loopback until the block ends."""
    offer = FileServer(content, **how)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            offer.requests.append(dict(self.headers))
            if offer.gate is not None:
                offer.gate.wait(20)
            _answer(self, offer)
            self.close_connection = True

        def log_message(self, *_arguments) -> None:
            """Keep the console clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    offer.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield offer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(handler: BaseHTTPRequestHandler, offer: FileServer) -> None:
    asked = handler.headers.get("Range")
    start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and offer.ranges else 0
    size = len(offer.content)
    if offer.redirect is not None:
        handler.send_response(302)
        handler.send_header("Location", offer.redirect)
        _without_body(handler)
    elif offer.status != 200:
        handler.send_response(offer.status)
        _without_body(handler)
    elif start >= size > 0:
        handler.send_response(416)
        handler.send_header("Content-Range", f"bytes */{size}")
        _without_body(handler)
    else:
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        handler.send_header("Content-Length", str(size - start))
        handler.end_headers()
        handler.wfile.write(offer.content[start : offer.cut_after])


def _without_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_header("Content-Length", "0")
    handler.end_headers()
