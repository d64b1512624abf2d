"""``cis-graph review``: what only a person can tell, as a list, as JSON lines, or asked one by one on a terminal."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cis_graph.errors import ReleaseFault
from cis_graph.model.decisions import DecisionDesk, Question, Side, Verdict
from cis_graph.model.releases import OpenRelease
from cis_graph.model.terms import Iri
from cis_graph.rdf.iris import INSOC, RDF, SKOS, Iris
from cis_graph.release.questions import told

Say = Callable[[str], None]
ANSWERS: dict[str, Verdict] = {"y": "same", "o": "same", "n": "different"}
_SKIP, _QUIT = "s", "q"
_PROMPT = "same? [y]es, [n]o, [s]kip, [q]uit: "
_LONGEST = 160  # characters of a value
_FIRST = (f"{SKOS}prefLabel", f"{INSOC}territory", f"{INSOC}project", f"{INSOC}actor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """Shows questions of one release and keeps the answers at a desk."""

    desk: DecisionDesk
    release: OpenRelease
    iris: Iris
    say: Say

    def listed(self, *, as_json: bool) -> None:
        """Every open question, the most valuable first, in a line each."""
        for one in self.desk.questions():
            names = self._label(one.one), self._label(one.other)
            if as_json:
                self.say(json.dumps(told(one) | {"labels": names}, ensure_ascii=False))
            else:
                self.say(f"{one.value:8.2f}  {one.kind}  {names[0]} | {names[1]}  {one.one.node} {one.other.node}")

    def ask(self, answers: Iterable[str], *, by: str) -> int:
        """Asks one question after the other, until the answers end; how many were answered."""
        kept, left = 0, iter(answers)
        questions = self.desk.questions()
        for place, one in enumerate(questions, 1):
            self._show(one, f"{place}/{len(questions)}")
            answer = self._answer(left)
            if answer == _QUIT:
                break
            if answer != _SKIP:
                self.desk.answer(one, ANSWERS[answer], by=by, why="compared side by side")
                kept += 1
        return kept

    def _answer(self, answers: Iterable[str]) -> str:
        for text in answers:
            if (answer := text.strip().lower()[:1]) in {*ANSWERS, _SKIP, _QUIT}:
                return answer
            self.say(_PROMPT)
        return _QUIT

    def _show(self, question: Question, place: str) -> None:
        self.say(f"\n{place}  {question.kind}  value {question.value:.2f}, score {question.score:.2f}")
        one, other = self._said(question.one), self._said(question.other)
        for prop in sorted(one.keys() | other.keys(), key=lambda prop: (prop not in _FIRST, prop)):
            mine, theirs = one.get(prop, ()), other.get(prop, ())
            mark = "≠" if mine and theirs and not set(mine) & set(theirs) else " "
            name = prop.rpartition("#")[2].rpartition("/")[2]
            self.say(f"{mark} {name}\n    {_text(mine)}\n    {_text(theirs)}")
        heavy = sorted(question.reasons, key=lambda one: -abs(one.weight))[:6]
        self.say(" · ".join(f"{it.question} {it.level} {it.weight:+.2f}" for it in heavy))
        self.say(_PROMPT)

    def _said(self, side: Side) -> dict[str, tuple[str, ...]]:
        iri = self.iris.node(side.node.contributor, side.node.record, side.node.node)
        found: dict[str, list[str]] = {}
        for row in self.release.rows("decisions/said", entity=Iri(iri)):
            shown = row.get("label") or row["value"]
            if row["property"].value != f"{RDF}type":
                found.setdefault(row["property"].value, []).append(shown.value)
        return {prop: tuple(sorted(set(values))) for prop, values in found.items()}

    def _label(self, side: Side) -> str:
        return next(iter(self._said(side).get(f"{SKOS}prefLabel", ())), str(side.node))


def _text(values: tuple[str, ...]) -> str:
    text = "; ".join(values) or "-"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def review(reviewing: Reviewing, options: argparse.Namespace, by: str) -> int:
    """Asks on a terminal, lists elsewhere; 0."""
    if options.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        reviewing.listed(as_json=options.json)
        return 0
    if not by.strip():
        raise ReleaseFault("Say who decides with --by")
    kept = reviewing.ask(sys.stdin, by=by)
    reviewing.say(f"{kept} decisions kept; the next build hears them")
    return 0
