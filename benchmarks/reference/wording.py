"""How a contributor words places, dates and addresses."""

from anyascii import anyascii

from benchmarks.reference import dirt
from benchmarks.reference.dice import Dice
from benchmarks.reference.habits import DateStyle, Habits
from benchmarks.reference.land import Land, Town
from benchmarks.reference.projects import RealProject
from benchmarks.reference.vocabulary import PEOPLE, PLATFORMS
from cis_graph.mapping.names import slug
from cis_graph.mapping.values import MONTHS
from cis_graph.territories.gazetteer import Territory


def place(project: RealProject, land: Land, habits: Habits, dice: Dice) -> tuple[str, str]:
    """Where a project is in a contributor's words, and the key of the territory that these words mean."""
    town = project.town
    style, postcode = dice.pick(habits.places), dice.pick(town.commune.postcodes)
    exact = land.arrondissements.get(postcode, town.commune)
    name, departement = town.commune.name, town.departement
    if style == "postcode":
        text, meant = f"{postcode} {name}", exact
    elif style == "address":
        street = f"{dice.between(1, 220)} {dice.pick(('rue', 'avenue', 'place', 'bd'))} {dice.pick(PEOPLE)}"
        text, meant = f"{street}, {postcode} {name}", exact
    elif style == "capitals":
        text, meant = anyascii(name).upper().replace("-", " ").replace("SAINT ", "ST "), town.commune
    elif style == "departement":
        text, meant = f"{name} ({dice.pick((departement.code or '', departement.name))})", town.commune
    elif style == "bare-departement":
        text, meant = dice.pick((departement.code or "", departement.name)), departement
    elif style == "region":
        text, meant = _region(land, town, dice)
    elif style == "epci" and town.epci:
        text, meant = town.epci.name, town.epci
    else:
        text, meant = name, town.commune
    return dirt.mistyped(text, dice) if dice.chance(0.02) else text, meant.key


def _region(land: Land, town: Town, dice: Dice) -> tuple[str, Territory]:
    former = land.former_region(town)
    meant = former if former and dice.chance(0.4) else town.region
    return meant.name.replace("-", " ") if dice.chance(0.3) else meant.name, meant


def date(day: str, style: DateStyle, dice: Dice) -> str:
    """An ISO day as a contributor writes it; one in a hundred is no date at all."""
    if dice.chance(0.01):
        return dice.pick(("en cours", "30/02/2019", "2019/20", "à venir"))
    year, month, number = day.split("-")
    if style == "slashes":
        return f"{number}/{month}/{year}"
    if style == "words":
        return f"{int(number)} {MONTHS[int(month) - 1]} {year}"
    return {"iso": day, "month": f"{MONTHS[int(month) - 1]} {year}", "year": year}[style]


def site(project: RealProject, habits: Habits, dice: Dice) -> str:
    """A web address of the project, of its lead, or on a platform that thousands share; empty where none is told."""
    if not dice.chance(habits.site):
        return ""
    path = slug(project.title)[:30].strip("-")
    if dice.chance(0.07):
        return f"https://{dice.pick(PLATFORMS)}/{path}"
    domain = project.site if project.site and dice.chance(0.7) else project.lead.site
    start = dice.pick(("http://", "https://", "https://www.", "www."))
    return f"{start}{domain}{dice.pick(('', '/', f'/{path}', '/index.php'))}"


def siren(number: str, other: str, dice: Dice) -> str:
    """A SIREN with or without blanks; one in fifty has a wrong digit, one in a hundred is another's."""
    if dice.chance(0.02):
        return number[:-1] + str((int(number[-1]) + 1) % 10)
    said = other if dice.chance(0.01) else number
    return f"{said[:3]} {said[3:6]} {said[6:]}" if dice.chance(0.3) else said
