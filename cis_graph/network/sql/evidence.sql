-- What is behind the ties of two nodes.
SELECT projects.key, projects.label, pairs.kind, tie, weight, one.key, other.key, source_roles, target_roles,
    list_concat(source_participations, target_participations), begins, ends,
    source_dated, target_dated, source_placed, target_placed
FROM pairs
JOIN projects ON projects.id = pairs.project
JOIN actors one ON one.id = pairs.source
JOIN actors other ON other.id = pairs.target
WHERE /*between*/
ORDER BY pairs.kind DESC, weight DESC, pairs.project, pairs.source, pairs.target, tie
LIMIT $most
