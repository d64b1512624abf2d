-- Two actors in one project who meet a condition.
SELECT '/*tie*/' AS tie, projects.kind, one.project, one.id AS one, other.id AS other,
    one.actor AS source, other.actor AS target, projects./*tie*/ AS weight, greatest(one.begins, other.begins) AS begins,
    least(one.ends, other.ends) AS first_end, greatest(one.ends, other.ends) AS last_end,
    one.region AS source_region, other.region AS target_region,
    one.departement AS source_departement, other.departement AS target_departement,
    one.epci AS source_epci, other.epci AS target_epci, one.commune AS source_commune, other.commune AS target_commune
FROM parties one
JOIN projects ON projects.id = one.project
JOIN parties other ON one.project = other.project AND /*met*/
