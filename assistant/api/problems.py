"""Errors as RFC 9457 problem details with a Dutch `detail`. The one place where an error gets an HTTP status."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from corpus import errors

log = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[errors.OovError], int], ...] = (
    (errors.NotLoggedIn, 401),
    (errors.Denied, 403),
    (errors.NotFound, 404),
    (errors.Refused, 422),
    (errors.WrongSetting, 422),
    (errors.Busy, 409),
    (errors.Unavailable, 503),
)
_SAID = {
    404: "Dit adres bestaat niet.",
    405: "Deze bewerking kan hier niet.",
    413: "Het verzoek is te groot.",
    415: "Dit soort inhoud wordt hier niet aangenomen.",
}
UNEXPECTED = "Er ging iets mis in de assistent. Probeer het opnieuw; blijft het zo, meld het dan bij beheer."


def install(app: FastAPI) -> None:
    app.add_exception_handler(errors.OovError, _oov)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def problem(status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    body = {"type": f"urn:oov:{code}", "title": code.replace("_", " "), "status": status, "detail": detail}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


async def _oov(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.OovError)
    status = next((number for kind, number in _STATUS if isinstance(error, kind)), 500)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {"Retry-After": "5"} if status == 503 else None
    if request.url.path.startswith("/openai/"):
        said = {"message": str(error), "type": error.code, "code": error.code}
        return JSONResponse({"error": said}, status, headers)
    return problem(status, error.code, str(error), headers)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = ", ".join(dict.fromkeys(".".join(str(part) for part in e["loc"][1:]) or str(e["loc"][0]) for e in error.errors()))
    return problem(422, "ongeldig", f"Het verzoek klopt niet: controleer {fields or 'de inhoud'}.")


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, "verzoek", _SAID.get(error.status_code, "Het verzoek kan niet worden uitgevoerd."))


async def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    log.error("Onverwachte fout", exc_info=error)
    return problem(500, "fout", UNEXPECTED)
