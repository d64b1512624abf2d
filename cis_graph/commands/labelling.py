"""``cis-graph label``: what contributors mean by labels that nobody knows, asked one by one or said at once."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cis_graph.commands import DONE
from cis_graph.commands.contributors import contributor_named, contributors
from cis_graph.commands.curating import by_whom, who
from cis_graph.concepts.accepted import Accepted
from cis_graph.concepts.meaning import by_meaning
from cis_graph.concepts.suggest import Suggestion
from cis_graph.errors import ReleaseFault
from cis_graph.release.labelling import LabelDesk, Unknown
from cis_graph.settings import Settings

Say = Callable[[str], None]
_SKIP, _QUIT = "s", "q"
_PROMPT = "its concept: a number, a key of its scheme, several with blanks between; [s]kip, [q]uit: "
_CHOSEN = "chosen among suggestions"


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("contributor", nargs="?", help="whose labels; those of all where nobody is named")
    parser.add_argument("text", nargs="?", metavar="TEXT", help="the label as the contributor writes it")
    parser.add_argument("concepts", nargs="*", metavar="SCHEME/CONCEPT", help="what it means, such as theme/mobilite")
    parser.add_argument("--not", dest="back", action="store_true", help="it means that no longer")
    parser.add_argument("--why", default="", help="the reason, in a sentence")
    parser.add_argument("--json", action="store_true", help="a JSON line a label, also on a terminal")
    by_whom(parser)


def label(options: argparse.Namespace, settings: Settings) -> int:
    """Keeps what a label means, or shows those that nobody knows: asks on a terminal, lists elsewhere.

    Raises:
        SettingsError: there is no such contributor.
        ReleaseFault: there is no such concept, who or why is missing, or nothing is published yet.
    """
    whose = (contributor_named(options.contributor),) if options.contributor else contributors()
    labelling = Labelling(desk=LabelDesk(settings, by_meaning()), contributors=whose, say=_say)
    if options.text is not None:
        labelling.told(options, by=who(options))
    elif options.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        labelling.listed(as_json=options.json)
    else:
        kept = labelling.ask(sys.stdin, by=who(options), why=options.why or _CHOSEN)
        _say(f"{kept} labels kept; the next build hears them")
    return DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelling:
    """Shows labels of some contributors that nobody knows, and keeps what is said of them at a desk."""

    desk: LabelDesk
    contributors: Sequence[str]
    say: Say

    def told(self, options: argparse.Namespace, *, by: str) -> None:
        """Keeps what the command line says of one label."""
        (contributor,) = self.contributors
        keep = self.desk.take_back if options.back else self.desk.accept
        self._kept(keep(contributor, options.text, options.concepts, by=by, why=options.why))

    def listed(self, *, as_json: bool) -> None:
        """Every label that nobody knows, that of most records first, in a line each."""
        asked = self._asked()
        if not (asked or as_json):
            self.say("every label of the published release has its concept")
        for one, near in asked:
            if as_json:
                self.say(json.dumps(_told(one, near), ensure_ascii=False))
            else:
                perhaps = ", ".join(f"{one.label.scheme}/{it.concept}" for it in near) or "-"
                self.say(f"{one.records:6}  {one.contributor}  {one.label.scheme}  {one.label.text}  {perhaps}")

    def ask(self, answers: Iterable[str], *, by: str, why: str) -> int:
        """Asks for one label after the other, until the answers end; of how many something was kept."""
        if not by.strip():
            raise ReleaseFault("Say who decides with --by")
        kept, left = 0, iter(answers)
        asked = self._asked()
        for place, (one, near) in enumerate(asked, 1):
            self._show(one, near, f"{place}/{len(asked)}")
            answer = self._answer(left, one, near, by=by, why=why)
            if answer == _QUIT:
                break
            kept += answer != _SKIP
        return kept

    def _asked(self) -> list[tuple[Unknown, tuple[Suggestion, ...]]]:
        unknown, suggestions = self.desk.unknown(self.contributors), self.desk.suggestions()
        return [(one, suggestions.suggest(one.label)) for one in unknown]

    def _answer(self, answers: Iterable[str], one: Unknown, near: Sequence[Suggestion], *, by: str, why: str) -> str:
        """Keeps what the first answer that can be kept says; that answer, or that there is none."""
        for text in answers:
            answer = text.strip().lower()
            if answer in {_SKIP, _QUIT}:
                return answer
            names = [_named(word, one, near) for word in answer.split()]
            try:
                self._kept(self.desk.accept(one.contributor, one.label.text, names, by=by, why=why))
            except ReleaseFault as fault:
                self.say(f"{fault}\n{_PROMPT}")
            else:
                return answer
        return _QUIT

    def _show(self, one: Unknown, near: Sequence[Suggestion], place: str) -> None:
        self.say(f"\n{place}  {one.contributor}  {one.label.scheme}  {one.label.text}  (records: {one.records})")
        for number, it in enumerate(near, 1):
            self.say(f"  {number}  {it.concept}  {it.words.french} / {it.words.english}  {it.score:.0f}, by a {it.how}")
        self.say(_PROMPT)

    def _kept(self, written: Sequence[Accepted]) -> None:
        if not written:
            self.say("already so; nothing is written")
        for one in written:
            means = "means" if one.means else "no longer means"
            what = f'"{one.text}" of {one.contributor} {means} {one.scheme}/{one.concept}'
            self.say(f"{what}: kept, the next build hears it")
            if one.means and not self.desk.is_awaited(one):
                self.say(f"(no published record has this label without a concept as its {one.scheme})")


def _named(word: str, one: Unknown, near: Sequence[Suggestion]) -> str:
    """The concept that a word of an answer stands for: a suggestion's number, a key, or a name in full."""
    if word.isdecimal() and 1 <= int(word) <= len(near):
        return f"{one.label.scheme}/{near[int(word) - 1].concept}"
    return word if "/" in word else f"{one.label.scheme}/{word}"


def _told(one: Unknown, near: Iterable[Suggestion]) -> Mapping[str, Any]:
    suggestions = [
        {
            "concept": f"{one.label.scheme}/{it.concept}",
            "fr": it.words.french,
            "en": it.words.english,
            "score": round(it.score, 1),
            "by": it.how,
        }
        for it in near
    ]
    about = {"contributor": one.contributor, "scheme": one.label.scheme, "label": one.label.text}
    return {**about, "records": one.records, "suggestions": suggestions}


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
