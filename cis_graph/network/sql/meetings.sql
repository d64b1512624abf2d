-- Each project in which two nodes meet, once, whatever its ties between them.
SELECT source, target, project, kind, sum(weight) AS weight, min(begins) AS begins,
    CASE WHEN count(ends) = count(*) THEN max(ends) END AS ends
FROM (/*pairs*/)
GROUP BY source, target, project, kind
