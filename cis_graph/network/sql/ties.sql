-- The ties of two nodes by id.
SELECT source, target, sum(weight)::BIGINT AS weight, count(*) FILTER (kind = 'project') AS projects,
    count(*) FILTER (kind = 'grant') AS grants, min(begins) AS begins,
    CASE WHEN count(ends) = count(*) THEN max(ends) END AS ends
FROM (/*meetings*/)
GROUP BY source, target
HAVING sum(weight) >= $least
