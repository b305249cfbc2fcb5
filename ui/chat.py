"""The chat page: log in, ask, read verified sentences as they come, open a source."""

from __future__ import annotations

import contextlib

import streamlit as st

from assistant.api.wire import AnswerShape, CitationShape, EventName, SentenceShape
from ui import evaluations, render
from ui.client import ApiError, Client

NOTICE = (
    "U praat met een AI-assistent. Antwoorden komen alleen uit de stukken in de bibliotheek, met bron. "
    "Controleer de bron voordat u een antwoord gebruikt. Typ geen persoonsgegevens, BSN of strafrechtelijke gegevens."
)
EXAMPLES = (
    "Tot hoe laat mag een café in Elzerveen op zaterdagnacht open zijn?",
    "Wat kost een uur boa uit de boa-pool op een werkdag?",
    "Hoe lang worden camerabeelden in Lankwolde bewaard?",
)

# The roles that may see the page for evaluators; the API guards it.
EVALUATES = ("evaluator", "beheerder")


def main() -> None:
    st.set_page_config(page_title="OOV-assistent", layout="centered")
    st.html(render.STYLE)
    if "token" not in st.session_state:
        _login()
    elif st.session_state.get("evaluating"):
        _evaluate()
    else:
        _conversation()


def _login() -> None:
    st.title("OOV-assistent")
    st.info(NOTICE)
    if message := st.session_state.pop("message", None):
        st.warning(message)
    with st.form("login"):
        username = st.text_input("Gebruikersnaam", autocomplete="username")
        password = st.text_input("Wachtwoord", type="password", autocomplete="current-password")
        sent = st.form_submit_button("Inloggen", type="primary")
    if not sent:
        return
    if not username or not password:
        st.error("Vul uw gebruikersnaam en wachtwoord in.")
        return
    try:
        session = Client().log_in(username, password)
        st.session_state.update(token=session.token, username=session.username, role=session.role, gemeente=session.gemeente, turns=[])
        st.session_state.names = _gemeente_names(Client(session.token))
    except ApiError as error:
        st.error(str(error))
        return
    st.rerun()


def _conversation() -> None:
    client = Client(st.session_state.token)
    chosen = _sidebar(client)
    st.title("OOV-assistent")
    st.info(NOTICE)
    turns: list[tuple[str, AnswerShape]] = st.session_state.turns
    for turn, (question, answer) in enumerate(turns):
        _show(client, turn, question, answer)
    asked = st.chat_input("Stel een vraag over veiligheid, vergunningen of beleid", max_chars=4000)
    if not turns and not asked:
        asked = _example()
    if asked:
        _ask(client, asked, chosen)


def _sidebar(client: Client) -> list[str]:
    with st.sidebar:
        st.markdown(f"Ingelogd als **{render.plain(st.session_state.username)}**")
        names: dict[str, str] = st.session_state.names
        chosen = st.multiselect(
            "Gemeenten",
            options=list(names),
            format_func=lambda code: names[code],
            placeholder=f"Mijn gemeente ({names.get(st.session_state.gemeente, 'alle')})",
            help="Leeg: uw eigen gemeente, of die u in uw vraag noemt. Landelijke stukken doen altijd mee.",
        )
        st.selectbox("Vorm van het antwoord", list(render.FORMS), format_func=lambda form: render.FORMS[form], key="form")
        if st.button("Nieuw gesprek", width="stretch"):
            st.session_state.turns = []
            st.rerun()
        if st.session_state.role in EVALUATES and st.button("Evaluaties", width="stretch"):
            st.session_state.evaluating = True
            st.rerun()
        if st.button("Uitloggen", width="stretch"):
            _leave(client)
    return list(chosen)


def _evaluate() -> None:
    with st.sidebar:
        if st.button("Terug naar de vragen", width="stretch"):
            del st.session_state.evaluating
            st.rerun()
    try:
        evaluations.page(Client(st.session_state.token))
    except ApiError as error:
        if error.expired:
            _expired(str(error))
        st.error(str(error))


def _example() -> str | None:
    st.caption("Bijvoorbeeld:")
    for example in EXAMPLES:
        if st.button(example, width="stretch"):
            return example
    return None


def _ask(client: Client, question: str, gemeenten: list[str]) -> None:
    """Ask, and show each sentence as soon as it has been verified."""
    with st.chat_message("user", avatar=":material/person:"):
        st.text(question)
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        place = st.empty()
        place.html(render.sentences([], writing=True))
        written: list[SentenceShape] = []
        try:
            for name, data in client.ask(question, gemeenten, st.session_state.form):
                if name is EventName.SENTENCE:
                    written.append(data)
                    place.html(render.sentences(written, writing=True))
                elif name is EventName.DONE:
                    st.session_state.turns.append((question, data))
        except ApiError as error:
            if error.expired:
                _expired(str(error))
            place.error(str(error))
            return
    st.rerun()


def _show(client: Client, turn: int, question: str, answer: AnswerShape) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.text(question)
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        st.html(render.answer(answer))
        for citation in answer.citations:
            if st.button(render.source_button(citation), key=f"bron-{turn}-{citation.n}", width="stretch"):
                _open(citation)
        word, thumb = st.columns([2, 1])
        name = f"antwoord-{turn + 1}.docx"
        word.download_button(
            "Bewaar als Word", lambda: client.export(answer.id), name, key=f"word-{turn}", on_click="ignore", width="stretch"
        )
        with thumb:
            st.feedback("thumbs", key=f"nut-{turn}", on_change=_judge, args=(client, turn, answer.id))


def _judge(client: Client, turn: int, answer_id: str) -> None:
    with contextlib.suppress(ApiError):
        client.judge(answer_id, useful=st.session_state[f"nut-{turn}"] == 1)


@st.dialog("Bron", width="large")  # type: ignore[untyped-decorator]
def _open(citation: CitationShape) -> None:
    """A source in its place: which document, where, when it counts, and the quote marked in its context."""
    st.html(render.facts(citation))
    try:
        passages = Client(st.session_state.token).passages(citation.document_id, citation.edition_id)
    except ApiError as error:
        if error.expired:
            _expired(str(error))
        st.error(str(error))
        return
    st.html(render.context(citation, passages))


def _gemeente_names(client: Client) -> dict[str, str]:
    """The gemeenten that the library has documents of, by code."""
    named = {d.gemeente: d.gemeente_name or d.gemeente for d in client.documents() if d.gemeente}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _leave(client: Client) -> None:
    with contextlib.suppress(ApiError):
        client.log_out()
    st.session_state.clear()
    st.rerun()


def _expired(message: str) -> None:
    st.session_state.clear()
    st.session_state.message = message
    st.rerun()


main()
