"""What routes ask for by name: the service, who is asking, whether they may, and which gemeenten they name. Deny by default: see `server`."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Annotated

from fastapi import Depends, Request

from assistant.api.service import Service
from assistant.app import App
from assistant.keep.access import Account
from corpus.errors import Denied, NotLoggedIn, Refused
from corpus.library import Library

COOKIE = "oov_session"


def service(request: Request) -> Service:
    held: Service = request.app.state.service
    return held


def app(held: Annotated[Service, Depends(service)]) -> App:
    return held.app


def token(request: Request) -> str:
    """The session token, from the Authorization header or the cookie. Raises NotLoggedIn without one."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and value.strip():
        return value.strip()
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        raise NotLoggedIn("U bent niet ingelogd. Log in en probeer het opnieuw.")
    if request.method not in ("GET", "HEAD") and not _same_origin(request):
        raise Denied("Dit verzoek komt van een andere website en is geweigerd.")
    return cookie


def account(held: Annotated[App, Depends(app)], value: Annotated[str, Depends(token)]) -> Account:
    return held.accounts.account_of(value)


def curator(who: Annotated[Account, Depends(account)]) -> Account:
    if not who.curates:
        raise Denied("Alleen een curator of beheerder mag dit.")
    return who


def manager(who: Annotated[Account, Depends(account)]) -> Account:
    if not who.manages:
        raise Denied("Alleen een beheerder mag dit.")
    return who


def watcher(request: Request) -> None:
    """A program on this machine, or a beheerder. What a proxy passes on does not come from this machine."""
    if not _on_this_machine(request):
        held = app(service(request))
        manager(account(held, token(request)))


def codes(library: Library, named: Iterable[str]) -> tuple[str, ...]:
    """The CBS codes of gemeenten given by name or code. Raises Refused for one that is not known."""
    gemeenten = library.gemeenten()
    found = {name: gemeenten.code(name) for name in named}
    unknown = next((name for name, code in found.items() if code is None), None)
    if unknown is not None:
        raise Refused(f"Gemeente ‘{unknown}’ is niet bekend. Gebruik de naam of de CBS-code.")
    return tuple(dict.fromkeys(code for code in found.values() if code))


def _same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == request.headers.get("host")


def _on_this_machine(request: Request) -> bool:
    # The name that was asked for counts too: a page of another website may point its own name at this machine.
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"))
    return not forwarded and all(_is_loopback(host) for host in (request.client.host if request.client else "", request.url.hostname or ""))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


AppDep = Annotated[App, Depends(app)]
ServiceDep = Annotated[Service, Depends(service)]
TokenDep = Annotated[str, Depends(token)]
AccountDep = Annotated[Account, Depends(account)]
ManagerDep = Annotated[Account, Depends(manager)]
CuratorDep = Annotated[Account, Depends(curator)]
