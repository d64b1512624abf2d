"""What projects are about: concepts of our schemes, how contributors label them, and phrases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme with five wordings of its label, and what projects on it do."""

    concept: str
    labels: tuple[str, str, str, str, str]
    phrases: tuple[str, ...]


TOPICS = (
    Topic(
        "alimentation-durable",
        ("Alimentation", "Alimentation durable", "Agriculture et alimentation", "Circuits courts", "Bien manger"),
        (
            "un potager partagé",
            "des paniers de légumes du coin",
            "une épicerie à petits prix",
            "des ateliers de cuisine",
        ),
    ),
    Topic(
        "economie-circulaire",
        ("Déchets", "Recyclage", "Économie circulaire", "Réemploi", "Seconde vie des objets"),
        ("une ressourcerie", "la réparation d'objets", "le réemploi de matériaux", "le compostage de quartier"),
    ),
    Topic(
        "logement",
        ("Habitat", "Logement", "Habitat participatif", "Se loger", "Habitat et logement"),
        ("l'habitat partagé entre générations", "des logements passerelles", "une pension de famille"),
    ),
    Topic(
        "inclusion-numerique",
        ("Numérique", "NTIC", "Inclusion numérique", "TIC, numérique", "Médiation numérique"),
        ("des ateliers d'initiation au numérique", "un fablab mobile", "l'aide aux démarches en ligne"),
    ),
    Topic(
        "acces-a-la-sante",
        ("Santé", "Prévention", "Santé et bien-être", "Accès aux soins", "SANTE"),
        ("un centre de santé communautaire", "la santé par le sport", "le répit des aidants"),
    ),
    Topic(
        "handicap",
        ("Handicap", "Inclusion", "Accessibilité", "Handicap et emploi", "HANDICAP"),
        ("un habitat inclusif", "l'accessibilité des lieux publics", "le sport adapté"),
    ),
    Topic(
        "insertion",
        ("Emploi", "Accès à l'emploi", "Insertion professionnelle", "Insertion par l'activité", "EMPLOI"),
        ("un chantier d'insertion", "le parrainage vers l'emploi", "un groupement d'employeurs"),
    ),
    Topic(
        "education",
        ("Éducation", "Education et jeunesse", "Réussite scolaire", "Innovation pédagogique", "EDUCATION"),
        ("le mentorat de collégiens", "le soutien à la parentalité", "des ateliers d'écriture"),
    ),
    Topic(
        "mobilite",
        ("Mobilité", "Transports", "Mobilité durable", "Mobilité solidaire", "Déplacements"),
        ("un garage solidaire", "le covoiturage de proximité", "une auto-école sociale"),
    ),
    Topic(
        "lien-social",
        ("Lien social", "Cohésion", "Solidarité locale", "Vivre ensemble", "solidarités"),
        ("une conciergerie de quartier", "un café associatif", "une monnaie locale"),
    ),
    Topic(
        "arts-et-culture",
        ("Culture", "Arts et culture", "culture et patrimoine", "Création", "Art citoyen"),
        ("une résidence d'artistes", "un orchestre de jeunes", "une radio participative"),
    ),
    Topic(
        "citoyennete",
        ("Citoyenneté", "Vie démocratique", "Participation citoyenne", "démocratie locale", "Engagement"),
        ("un budget participatif", "une convention de citoyens", "un conseil de quartier"),
    ),
    Topic(
        "energies",
        ("Énergie", "Transition énergétique", "Énergies renouvelables", "Energies", "ENERGIE"),
        ("une centrale solaire citoyenne", "un réseau de chaleur bois", "la sobriété à la maison"),
    ),
    Topic(
        "biodiversite",
        ("Environnement", "Biodiversité", "Protection de la nature", "Ressources naturelles", "écologie"),
        ("la restauration d'une zone humide", "la plantation de haies", "des ruchers partagés"),
    ),
    Topic(
        "territoires",
        ("Territoires", "Développement local", "Ruralité", "Aménagement", "Vie des territoires"),
        ("la revitalisation du centre-bourg", "un tiers-lieu", "un commerce multiservice"),
    ),
    Topic(
        "finance-solidaire",
        ("Finance solidaire", "Microcrédit", "Financement solidaire", "Banque éthique", "Finances"),
        ("le microcrédit accompagné", "un fonds d'épargne citoyenne", "une plateforme de dons"),
    ),
)
AUDIENCES = {
    "jeunesse": ("Jeunes", "Jeunesse", "18-25 ans", "Enfants et jeunes", "JEUNES"),
    "seniors": ("Seniors", "Personnes âgées", "Aînés", "3e âge", "Retraités"),
    "handicap": ("Personnes handicapées", "Personnes en situation de handicap", "PSH", "Handicap", "handicap"),
    "demandeurs-emploi": ("Demandeurs d'emploi", "Chômeurs", "Public en insertion", "Sans emploi", "DE"),
    "migrants": ("Réfugiés", "Personnes migrantes", "Exilés", "Migrants", "Primo-arrivants"),
    "tous": ("Habitants", "Tous publics", "Grand public", "Tout public", "Tous"),
    "precarite": ("Personnes en précarité", "Grande précarité", "Précarité", "Publics fragiles", "Démunis"),
}
METHODS = {
    "cooperation": ("Coopération", "Partenariats", "Coopérer", "Alliances", "coopération"),
    "participation": ("Participation", "Démarche participative", "Participatif", "Concertation", "participation"),
    "recherche-action": ("Recherche-action", "Recherche action", "R&D sociale", "Recherche", "RA"),
    "mediation": ("Médiation", "Aller vers", "Médiation sociale", "Aller-vers", "mediation"),
    "evaluation": ("Évaluation", "Mesure d'impact", "Impact social", "Bilan", "evaluation"),
    "experimentation": ("Expérimentation", "Expérimenter", "Pilote", "Essais", "experimentation"),
}
ROLES = {
    "porteur": ("porteur", "Porteur du projet", "structure porteuse", "chef de file", "Pilote"),
    "partenaire": ("partenaire", "Partenaire", "partenaire opérationnel", "Acteur associé", "PARTENAIRE"),
    "financeur": ("financeur", "Financeur", "soutien financier", "Mécène", "FINANCEUR"),
    "co-porteur": ("co-porteur", "Co-porteur", "coporteur", "porteur associé", "CO-PORTEUR"),
    "hebergeur": ("hébergeur", "Hébergeur", "met à disposition un lieu", "Accueil", "HEBERGEUR"),
    "accompagnateur": ("accompagnateur", "Accompagnateur", "accompagnement", "Appui", "ACCOMPAGNATEUR"),
    "membre": ("membre", "Membre", "membre du collectif", "Adhérent", "MEMBRE"),
}
ACTOR_TYPES = {
    "association": ("Association", "association loi 1901", "Asso", "Associations", "ASSOCIATION"),
    "scop": ("SCOP", "Coopérative de travail", "Scop", "Coopérative ouvrière", "SCOP SA"),
    "scic": ("SCIC", "Coopérative d'intérêt collectif", "Scic", "Coop. d'intérêt collectif", "SCIC SAS"),
    "entreprise": ("Entreprise", "Société", "Entreprise ESS", "Entreprises", "ENTREPRISE"),
    "fondation": ("Fondation", "Fondation reconnue d'utilité publique", "Fonds", "Fondations", "FONDATION"),
    "commune": ("Commune", "Ville", "Mairie", "Communes", "COMMUNE"),
    "ccas": ("CCAS", "Centre communal d'action sociale", "C.C.A.S.", "CIAS ou CCAS", "Action sociale"),
    "epci": ("Intercommunalité", "EPCI", "Communauté de communes", "Interco", "EPCI à fiscalité propre"),
    "departement": ("Département", "Conseil départemental", "Conseil général", "Départements", "CD"),
    "region": ("Région", "Conseil régional", "Régions", "Collectivité régionale", "CR"),
    "service-public": ("Service public", "Établissement public", "Services publics", "Établissement", "EP"),
    "mutuelle": ("Mutuelle", "Mutuelles", "Groupe mutualiste", "Mutualité", "MUTUELLE"),
    "bailleur-social": ("Bailleur social", "HLM", "Bailleur", "Office HLM", "BAILLEUR"),
    "banque-cooperative": ("Banque coopérative", "Banque", "Banques", "Établissement bancaire", "BANQUE"),
    "operateur-public": ("Opérateur public", "Agence publique", "Agence de l'État", "Opérateur", "EPIC"),
    "reseau": ("Réseau", "Tête de réseau", "Fédération", "Réseaux", "RESEAU"),
    "recherche": ("Recherche", "Laboratoire", "Université", "Institut", "RECHERCHE"),
}
SCHEMES = {
    "theme": {topic.concept: topic.labels for topic in TOPICS},
    "audience": AUDIENCES,
    "method": METHODS,
    "role": ROLES,
    "actor-type": ACTOR_TYPES,
}
OPENINGS = (
    "{actor} mène {what} à {town}.",
    "À {town}, {actor} fait vivre {what} avec les habitants.",
    "Il s'agit d'ouvrir {what} aux habitants de {town} et des communes voisines.",
    "Depuis {year}, {actor} met en place {what} autour de {town}.",
    "Né en {year}, le projet repose sur {what}.",
)
FACTS = (
    "Il vise d'abord les {audience} et réunit {many} bénévoles.",
    "Les {audience} prennent part à la conception dès le début.",
    "La première année, {many} personnes ont été accueillies.",
    "Une équipe de {few} salariés fait tourner le lieu.",
    "{friend} apporte son soutien, aux côtés de la collectivité.",
    "Un comité réunit associations, entreprises et élus chaque trimestre.",
    "La démarche doit essaimer dans d'autres communes d'ici {later}.",
    "Habitants et salariés décident ensemble.",
    "Les usagers mesurent eux-mêmes ce que le projet change.",
    "Le budget annuel est de {budget} euros.",
    "La méthode : {method}, et beaucoup d'écoute.",
    "On y trouve aussi {more}.",
    "Des permanences ont lieu chaque semaine au plus près des {audience}.",
)
NEWS = "En {year}, {many} personnes de plus y ont pris part."
