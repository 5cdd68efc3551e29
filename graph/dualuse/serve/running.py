"""Run the application in uvicorn."""

from __future__ import annotations

from dualuse.errors import MissingExtraError
from dualuse.serve import create_app
from dualuse.serve.settings import Settings

try:
    import uvicorn
except ModuleNotFoundError:
    raise MissingExtraError("the server needs starlette and uvicorn: pip install 'dualuse[serve]'") from None


def run(settings: Settings) -> None:
    """Serve until told to end."""
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_level="warning")
