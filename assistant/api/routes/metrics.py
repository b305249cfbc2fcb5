"""Figures for monitoring at `/metrics`: for a program on this machine, or for a beheerder."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from assistant import metrics as figures
from assistant.api.deps import ServiceDep, watcher

router = APIRouter(tags=["gezondheid"])


@router.get("/metrics", dependencies=[Depends(watcher)], response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(service: ServiceDep) -> Response:
    """Counts and seconds in Prometheus' text form; nothing of what was asked or by whom."""
    return Response(service.metrics.text(), media_type=figures.MEDIA)
