"""An opened source: its text with the quote marked, its page as it is printed, and what it refers to and is referred to by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from assistant.api.reference_wire import PlaceShape, ReferencesShape
from assistant.api.shapes import CitationShape
from ui import render
from ui.client import ApiError, Client

# References shown of each kind; a much cited article has hundreds.
_MOST = 15


def opened(client: Client, citation: CitationShape, as_of: date) -> None:
    """Open a source. From there one follows references, and comes back."""
    st.session_state.trail = [citation]
    _dialog(client, as_of)


@st.dialog("Bron", width="large")  # type: ignore[untyped-decorator]
def _dialog(client: Client, as_of: date) -> None:
    trail: list[CitationShape] = st.session_state.trail
    if len(trail) > 1:
        st.button("Terug naar de vorige bron", icon=":material/arrow_back:", on_click=trail.pop)
    shown = trail[-1]
    st.html(render.facts(shown))
    try:
        st.html(render.context(shown, client.passages(shown.document_id, shown.edition_id)))
        _references(client.references(shown.document_id, shown.passage_id, as_of), trail)
        if shown.page is not None:
            _page(client, shown, shown.page)
    except ApiError as error:
        if error.expired:
            expired(str(error))
        st.error(str(error))


def _page(client: Client, shown: CitationShape, page: int) -> None:
    with st.expander(f"Pagina {page} zoals gedrukt", expanded=True):
        with st.spinner("De pagina wordt getekend…"):
            picture = client.page_image(shown.document_id, shown.edition_id, page, shown.start, shown.end)
        st.html(render.page(picture, shown, page) if picture else render.NO_PAGE)


def _references(found: ReferencesShape, trail: list[CitationShape]) -> None:
    places = [(one.words, place) for one in found.refers_to for place in one.leads_to[:1]]
    _list("Verwijst naar", places, trail)
    _list("Wordt genoemd in", [(one.words, one) for one in found.referred_by], trail)


def _list(title: str, places: Sequence[tuple[str, PlaceShape]], trail: list[CitationShape]) -> None:
    """Buttons to the places, each passage once."""
    unique = {place.passage_id: (words, place) for words, place in reversed(places)}
    if not unique:
        return
    with st.expander(f"{title} ({len(unique)})"):
        for words, place in list(reversed(unique.values()))[:_MOST]:
            label = render.reference_button(words, place)
            st.button(
                label, key=f"{title}-{len(trail)}-{place.passage_id}", on_click=trail.append, args=(render.cited(place),), width="stretch"
            )
        if len(unique) > _MOST:
            st.caption(f"En nog {len(unique) - _MOST} andere.")


def expired(message: str) -> None:
    """Begin again at the login page, saying why."""
    st.session_state.clear()
    st.session_state.message = message
    st.rerun()
