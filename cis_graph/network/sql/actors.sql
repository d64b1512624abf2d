-- Some actors.
SELECT id, key, label, type, x, y, community, betweenness FROM actors WHERE /*which*/ ORDER BY id
