"""The HTTP service: routes, headers, start and stop. Every route needs a session but the ones named open here.

Figures for monitoring are also for a program on this machine.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import uvicorn
from fastapi import APIRouter, Depends, FastAPI, Request, Response

from assistant.api import deps, problems
from assistant.api.routes import answers, comparisons, curation, documents, governance, metrics, openai, search, session
from assistant.api.service import Service
from assistant.settings import Settings

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
MAX_BODY = 110 * 1024 * 1024


def create(settings: Settings, more: Sequence[APIRouter] = ()) -> FastAPI:
    """The application. It begins to open library and model when it starts, and answers health meanwhile.

    `more` are routers of who stands above the assistant; they come under /v1, closed as the others are.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.service.start()
        yield
        app.state.service.stop()

    app = FastAPI(title="OOV-assistent", version="1", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/v1/openapi.json")
    app.state.service = Service(settings)
    problems.install(app)
    app.middleware("http")(_guard)

    closed = APIRouter(prefix="/v1", dependencies=[Depends(deps.account)])
    routers = (session.router, answers.router, search.router, documents.router, curation.router, comparisons.router, governance.router)
    for router in (*routers, *more):
        closed.include_router(router)
    app.include_router(closed)
    app.include_router(openai.router, dependencies=[Depends(deps.account)])
    app.include_router(session.open_router, prefix="/v1")
    app.include_router(metrics.router)
    app.include_router(_health)
    return app


_health = APIRouter(tags=["gezondheid"])


@_health.get("/healthz")
def alive() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}


@_health.get("/readyz")
def ready(service: deps.ServiceDep) -> Response:
    """Whether questions can be answered, and if not, why."""
    if service.problem is not None:
        return problems.problem(503, "niet_gereed", service.problem, {"Retry-After": "5"})
    return Response('{"status":"ok"}', media_type="application/json")


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MAX_BODY:
        return problems.problem(413, "te_groot", "Het verzoek is te groot.")
    response = await call_next(request)
    request.app.state.service.metrics.responded(response.status_code)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def run(settings: Settings, host: str, port: int, more: Sequence[APIRouter] = ()) -> None:
    """Serve until interrupted. One process: the index has one owner."""
    uvicorn.run(create(settings, more), host=host, port=port, log_level="warning", server_header=False)
