"""What the properties that records and entities have are called on pages."""

from cis_graph.web import vocabulary as v
from cis_graph.web.languages import Language, marked

NAMES = {
    v.LABEL: marked("Nom"),
    v.OTHER_LABEL: marked("Autres noms"),
    v.DESCRIPTION: marked("Description"),
    v.ACTOR_TYPE: marked("Type d'acteur"),
    v.ACTOR: marked("Acteurs"),
    v.PROJECT: marked("Projets"),
    v.ROLE: marked("Rôle"),
    v.PROGRAMME: marked("Dispositif"),
    v.OPERATED_BY: marked("Porté par"),
    v.PART_OF: marked("Fait partie de"),
    v.TERRITORY: marked("Territoire"),
    v.ADDRESS: marked("Adresse"),
    v.SIREN: marked("SIREN"),
    v.SIRET: marked("SIRET"),
    v.RNA: marked("RNA"),
    v.HOMEPAGE: marked("Site"),
    v.START: marked("Début"),
    v.END: marked("Fin"),
    v.THEME: marked("Thèmes"),
    v.AUDIENCE: marked("Publics"),
    v.METHOD: marked("Méthodes"),
    v.KEYWORD: marked("Mots de la source"),
    v.KIND: marked("Sorte"),
    v.AMOUNT: marked("Montant"),
    v.YEARLY_BUDGET: marked("Budget annuel"),
    v.YEARLY_SUPPORT: marked("Soutien direct par an"),
    v.PARTNER_COUNT: marked("Nombre de partenaires déclaré"),
    v.PROJECT_COUNT: marked("Projets déclarés"),
    v.OUTCOME: marked("Résultats"),
    v.LESSON: marked("Enseignements"),
    v.RECOMMENDATION: marked("Recommandations"),
    v.EDITION: marked("Édition de la source"),
}


def named(prop: str, language: Language) -> str:
    """What a property is called; its short name where nobody named it."""
    return language.gettext(NAMES[prop]) if prop in NAMES else v.shortened(prop)
