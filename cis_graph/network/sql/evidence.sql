-- What is behind the ties of two nodes.
SELECT projects.key, projects.label, kept.kind, tie, weight, one.key, other.key, source.roles, target.roles,
    list_concat(source.participations, target.participations), kept.begins, kept.ends,
    source.dated, target.dated, source.placed, target.placed
FROM kept
JOIN projects ON projects.id = kept.project
JOIN parties source ON source.id = kept.one
JOIN parties target ON target.id = kept.other
JOIN actors one ON one.id = kept.source
JOIN actors other ON other.id = kept.target
WHERE /*between*/
ORDER BY kept.kind DESC, weight DESC, kept.project, kept.source, kept.target, tie
LIMIT $most
