-- Two actors in one project who meet a condition: their weight, their parts, when and where.
SELECT '/*tie*/' AS tie, one.project, one.kind, one.actor AS source, other.actor AS target, one./*tie*/ AS weight,
    one.roles AS source_roles, other.roles AS target_roles,
    one.participations AS source_participations, other.participations AS target_participations,
    greatest(one.begins, other.begins) AS begins, least(one.ends, other.ends) AS first_end,
    greatest(one.ends, other.ends) AS last_end,
    one.dated AS source_dated, other.dated AS target_dated, one.placed AS source_placed, other.placed AS target_placed,
    one.region AS source_region, other.region AS target_region,
    one.departement AS source_departement, other.departement AS target_departement,
    one./*level*/ AS source_places, other./*level*/ AS target_places
FROM marked one
JOIN marked other ON one.project = other.project AND /*met*/
