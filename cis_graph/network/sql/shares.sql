-- The weight of all ties between known ends, and what part of it joins different départements, régions and types.
SELECT sum(weight), sum(weight) FILTER (NOT list_has_any(one.members, other.members))
FROM (SELECT /*one*/ AS one, /*other*/ AS other, sum(weight) AS weight FROM kept /*joined*/ GROUP BY ALL) known
JOIN /*lists*/ one ON one.id = known.one
JOIN /*lists*/ other ON other.id = known.other
WHERE len(one.members) > 0 AND len(other.members) > 0
