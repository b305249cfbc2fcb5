"""Logging in and out, and who one is."""

from __future__ import annotations

from fastapi import APIRouter, Response

from assistant.api import shapes
from assistant.api.deps import COOKIE, AccountDep, AppDep, TokenDep
from assistant.keep.access import Account

router = APIRouter(tags=["sessie"])
# Logging in is the one thing that needs no session.
open_router = APIRouter(tags=["sessie"])


@open_router.post("/session", status_code=201)
def log_in(body: shapes.LoginShape, app: AppDep, response: Response) -> shapes.SessionShape:
    """Log in. The token comes back in the body, for programs, and as a cookie that scripts cannot read."""
    token, account = app.accounts.log_in(body.username, body.password)
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/", max_age=app.settings.session_hours * 3600)
    return _shape(account, token)


@router.get("/session")
def who(account: AccountDep) -> shapes.SessionShape:
    """Who is logged in."""
    return _shape(account, None)


@router.delete("/session", status_code=204)
def log_out(app: AppDep, token: TokenDep, response: Response) -> None:
    """Log out: the session ends at once."""
    app.accounts.log_out(token)
    response.delete_cookie(COOKIE, path="/")


def _shape(account: Account, token: str | None) -> shapes.SessionShape:
    return shapes.SessionShape(username=account.name, role=account.role.value, gemeente=account.gemeente, token=token)
