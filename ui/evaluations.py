"""The page for evaluators: sets, a run started and followed, its figures, and what was not good."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import render
from ui.client import ApiError, Client

_RUNS = ("wacht", "loopt")
_STOPPED = ("gestopt", "mislukt", "onderbroken")


def page(client: Client) -> None:
    """Show the page. Raises ApiError where the session has ended."""
    st.title("Evaluaties")
    held = client.evaluations()
    _start(client, held["sets"])
    _keep(client)
    runs = held["runs"]
    if not runs:
        st.info("Er is nog geen evaluatie gedraaid. Kies hierboven een testset en start er een.")
        return
    names = {run["id"]: f"{run['set']} · {_moment(run['created_at'])} · {run['state']}" for run in runs}
    chosen = st.selectbox("Evaluatie", list(names), format_func=lambda i: names[i])
    # A run that goes on is looked at again by itself; one that ended stays as it is.
    going = next(run for run in runs if run["id"] == chosen)["state"] in _RUNS
    st.fragment(_run, run_every=2 if going else None)(client, chosen, going)
    _failing(client, chosen)
    _compare(client, chosen, {i: name for i, name in names.items() if i != chosen and name.endswith("klaar")})


def _start(client: Client, sets: list[dict[str, Any]]) -> None:
    for mistake in (mistake for one in sets for mistake in one["mistakes"]):
        st.warning(render.plain(mistake))
    with st.form("start"):
        sizes = {one["name"]: one["cases"] for one in sets if not one["mistakes"]}
        name = st.selectbox("Testset", list(sizes), format_func=lambda i: f"{i} ({sizes[i]} vragen)")
        baseline = st.checkbox("Ook een kale pijplijn, ernaast in het verslag")
        judge = st.checkbox("Laat het taalmodel de antwoorden ook beoordelen")
        if st.form_submit_button("Starten", type="primary"):
            try:
                client.start_evaluation(name, baseline=baseline, judge=judge)
            except ApiError as error:
                _told(error)
                return
            st.rerun()


def _keep(client: Client) -> None:
    with st.expander("Een eigen testset toevoegen"):
        st.caption("Een YAML-bestand; de bestandsnaam is de naam van de set. Fouten worden per vraag en veld gemeld.")
        file = st.file_uploader("YAML-bestand", type=["yaml"], label_visibility="collapsed")
        if file is not None and st.button("Bewaren"):
            try:
                kept = client.keep_set(file.name.rsplit(".", 1)[0], file.getvalue())
            except ApiError as error:
                _told(error)
                return
            st.success(f"Set ‘{kept['name']}’ met {kept['cases']} vragen is bewaard.")


def _run(client: Client, identity: str, going: bool) -> None:
    run = client.evaluation(identity)
    if going and run["state"] not in _RUNS:
        st.rerun(scope="app")
    share = run["done"] / max(run["total"], 1)
    st.progress(min(share, 1.0), f"{run['state']}: {run['done']} van {run['total']} antwoorden")
    if run["reason"]:
        st.error(run["reason"])
    if run["state"] in _RUNS and st.button("Stoppen"):
        client.act_on_evaluation(identity, "cancel")
    if run["state"] in _STOPPED and st.button("Verdergaan"):
        client.act_on_evaluation(identity, "resume")
        st.rerun(scope="app")
    if run["ungraded"]:
        st.warning(f"{run['ungraded']} vragen konden niet worden beoordeeld en tellen nergens mee.")
    st.html(render.figures(run["figures"]))
    if run["state"] == "klaar":
        name = f"verslag-{run['set']}.html"
        st.download_button("Bewaar het verslag", lambda: client.evaluation_report(identity), name, "text/html", on_click="ignore")


def _failing(client: Client, identity: str) -> None:
    st.subheader("Wat niet goed was")
    failing = client.evaluation_results(identity, failing=True)
    if not failing:
        st.caption("Niets.")
    for case in failing:
        with st.expander(render.plain(f"{case['id']} · {case['question']} · {case['stage'] or case['verdict']}")):
            st.html(render.case(case))


def _compare(client: Client, identity: str, others: dict[str, str]) -> None:
    if not others:
        return
    st.subheader("Vergelijken met een eerdere evaluatie")
    since = st.selectbox("Eerdere evaluatie", list(others), format_func=lambda i: others[i], index=None, placeholder="Kies een evaluatie")
    if since is None:
        return
    try:
        change = client.evaluation_changes(identity, since)
    except ApiError as error:
        _told(error)
        return
    (st.error if change["worse"] else st.success)("Aantoonbaar slechter." if change["worse"] else "Niet aantoonbaar slechter.")
    st.text(f"Gewonnen: {', '.join(change['gained']) or 'geen'}\nVerloren: {', '.join(change['lost']) or 'geen'}")


def _told(error: ApiError) -> None:
    """What went wrong, a line for each mistake; a session that ended is for who shows the page."""
    if error.expired:
        raise error
    st.error(render.plain(str(error)).replace("\n", "  \n"))


def _moment(said: str) -> str:
    return f"{said[8:10]}-{said[5:7]}-{said[:4]} {said[11:16]}"
