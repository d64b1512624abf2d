-- Some actors.
SELECT id, key, label, type, x, y, community, betweenness, region FROM actors WHERE /*which*/ ORDER BY id
