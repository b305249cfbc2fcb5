"""The chat page: log in, ask, read verified sentences as they come, open a source."""

from __future__ import annotations

import contextlib

import streamlit as st

from assistant.api.shapes import EventName, SentenceShape, StartedShape, TurnShape
from ui import evaluations, render, source
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
        st.session_state.update(token=session.token, username=session.username, role=session.role, gemeente=session.gemeente)
        st.session_state.update(turns=[], conversation=None)
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
    turns: list[TurnShape] = st.session_state.turns
    for number, turn in enumerate(turns):
        _show(client, number, turn)
    asked = st.chat_input("Stel een vraag over veiligheid, vergunningen of beleid", max_chars=4000)
    if not asked:
        asked = _suggestion(client, turns[-1]) if turns else _example()
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
            st.session_state.update(turns=[], conversation=None)
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
            source.expired(str(error))
        st.error(str(error))


def _example() -> str | None:
    st.caption("Bijvoorbeeld:")
    for example in EXAMPLES:
        if st.button(example, width="stretch"):
            return example
    return None


def _suggestion(client: Client, turn: TurnShape) -> str | None:
    """Next questions to the last answer. They are made after it stands there, and once."""
    held: dict[str, list[str]] = st.session_state.setdefault("suggestions", {})
    if turn.answer.id not in held:
        try:
            held[turn.answer.id] = client.suggestions(turn.answer.id)
        except ApiError:
            held[turn.answer.id] = []
    if held[turn.answer.id]:
        st.caption("Vraag verder:")
    for number, question in enumerate(held[turn.answer.id]):
        if st.button(question, key=f"verder-{turn.answer.id}-{number}", icon=":material/arrow_forward:", width="stretch"):
            return question
    return None


def _ask(client: Client, question: str, gemeenten: list[str]) -> None:
    """Ask, and show each sentence as soon as it has been verified."""
    with st.chat_message("user", avatar=":material/person:"):
        st.text(question)
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        place = st.empty()
        place.html(render.sentences([], writing=True))
        written: list[SentenceShape] = []
        started = StartedShape(id="", conversation="")
        try:
            for name, data in client.ask(question, gemeenten, st.session_state.form, st.session_state.conversation):
                if name is EventName.STARTED:
                    started = data
                elif name is EventName.SENTENCE:
                    written.append(data)
                elif name is EventName.DONE:
                    st.session_state.turns.append(TurnShape(answer=data, read_as=started.read_as))
                    st.session_state.conversation = started.conversation
                place.html(render.reading(started.read_as) + render.sentences(written, writing=True))
        except ApiError as error:
            if error.expired:
                source.expired(str(error))
            place.error(str(error))
            return
    st.rerun()


def _show(client: Client, number: int, turn: TurnShape) -> None:
    answer = turn.answer
    with st.chat_message("user", avatar=":material/person:"):
        st.text(answer.question)
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        st.html(render.answer(answer, turn.read_as))
        for citation in answer.citations:
            if st.button(render.source_button(citation), key=f"bron-{answer.id}-{citation.n}", width="stretch"):
                source.opened(client, citation, answer.as_of)
        word, thumb = st.columns([2, 1])
        name = f"antwoord-{number + 1}.docx"
        word.download_button(
            "Bewaar als Word", lambda: client.export(answer.id), name, key=f"word-{answer.id}", on_click="ignore", width="stretch"
        )
        with thumb:
            st.feedback("thumbs", key=f"nut-{answer.id}", on_change=_judge, args=(client, answer.id))


def _judge(client: Client, answer_id: str) -> None:
    with contextlib.suppress(ApiError):
        client.judge(answer_id, useful=st.session_state[f"nut-{answer_id}"] == 1)


def _gemeente_names(client: Client) -> dict[str, str]:
    """The gemeenten that the library has documents of, by code."""
    named = {d.gemeente: d.gemeente_name or d.gemeente for d in client.documents() if d.gemeente}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _leave(client: Client) -> None:
    with contextlib.suppress(ApiError):
        client.log_out()
    st.session_state.clear()
    st.rerun()


main()
