-- The weight of all ties, and what part of it joins different départements, régions and families of types.
SELECT
    sum(weight) FILTER (len(source_departement) > 0 AND len(target_departement) > 0),
    sum(weight) FILTER (len(source_departement) > 0 AND len(target_departement) > 0
        AND NOT list_has_any(source_departement, target_departement)),
    sum(weight) FILTER (len(source_region) > 0 AND len(target_region) > 0),
    sum(weight) FILTER (len(source_region) > 0 AND len(target_region) > 0
        AND NOT list_has_any(source_region, target_region)),
    sum(weight) FILTER (len(one.types) > 0 AND len(other.types) > 0),
    sum(weight) FILTER (len(one.types) > 0 AND len(other.types) > 0 AND NOT list_has_any(one.types, other.types))
FROM pairs
JOIN actors one ON one.id = pairs.source
JOIN actors other ON other.id = pairs.target
